// 画一遍（draw）、每个动作（ACT）、键、来自程序的事件
import { $, $$, S, I, esc, UNIT, MEDIUM, pages, page, phone, narrow, get, post, src, say, toast, chips, unchip, shown, btn } from './parts.js';
import { stage, sheet, banner, left, thumbs, inspect, popText, popFact, placePop, meter, unit, itemsOf, fault } from './stage.js';
import { kwList, kwMain, tree, design, designBar, inspectDesign, press, inspectPress, loadPlates, paint, probe, probs, notes, list, DLG, MENU, start } from './panels.js';

const MODES = [['edit', 'page', '页面'], ['kw', 'kw', '关键词'], ['design', 'frame', '设计'], ['press', 'ink', '印前']];
const errors = () => S.st.faults.filter(f => f.error).length;
const rail = ms => ms.map(([k, ic, t]) => `<button data-a="mode:${k}" ${S.mode === k ? 'aria-current="page"' : ''}>${I(ic)}${t}${k === 'edit' && errors() ? `<span class="n" aria-label="${errors()} 个错误">${errors()}</span>` : ''}</button>`).join('');
function top() {
 const q = S.lost ? ['bad', 'err', '与程序断开，正在重连'] : S.busy ? ['busy', 'spin', '正在换页…'] : errors() ? ['bad', 'err', '有错误，未更新'] : ['', 'check', `已保存 ${S.saved || ''}`], look = S.st.layouts.find(l => l.name === S.st.layout)?.title || S.st.layout;
 return `<header class="top"><span class="brand" role="img" aria-label="lhpub 工坊">${I('surr')}</span><button class="tb file" data-a="menu:file" aria-haspopup="menu"><span class="lab clip">${esc(S.st.source.split('/').pop())}</span>${I('chev', 's')}</button><span class="seg" role="radiogroup" aria-label="看画册还是幻灯片">${['brochure', 'deck'].map(m => `<button role="radio" aria-checked="${S.m === m}" data-a="medium:${m}">${MEDIUM[m]}</button>`).join('')}</span><button class="tb hide-s" data-a="menu:looks" aria-haspopup="menu" aria-label="版式：${esc(look)}">${I('look', 's')}<span class="lab hide-m">版式：</span>${esc(look)}</button><span class="grow"></span><span class="saved ${q[0]} hide-s" id="saved">${I(q[1], 's' + (q[1] === 'spin' ? ' spin' : ''))}<span class="hide-m">${q[2]}</span></span><button class="tb icon" data-a="undo" ${S.st.undo ? '' : 'disabled'} aria-label="撤销${S.st.undo ? '：' + esc(S.st.undo) : ''}（Ctrl+Z）">${I('undo')}</button><button class="tb icon hide-s" data-a="redo" ${S.st.redo ? '' : 'disabled'} aria-label="重做（Ctrl+Shift+Z）">${I('redo')}</button><button class="tb" data-a="dlg:search" aria-label="查找文字、数字、页（Ctrl+K）">${I('search')}<span class="hide-s hide-m">查找</span></button><button class="tb hide-s" data-a="menu:down" aria-haspopup="menu" aria-label="下载">${I('down')}<span class="hide-m">下载</span></button><button class="tb primary hide-s" data-a="make">生成全部文件</button><button class="tb icon only-s" data-a="menu:more" aria-label="更多" aria-haspopup="menu">${I('more')}</button></header>` }
function foot() {
 const w = S.st.faults.length - errors(), u = UNIT[S.m];
 return `<footer class="foot"><button class="fb" data-a="probs" aria-pressed="${!!S.probs}">${errors() ? `<span class="row e">${I('err', 's')}${errors()} 个错误</span>` : ''}<span class="row w">${I('warn', 's')}${w} 处提醒</span></button>${btn('turn:-1', 'left', `上一${u}`)}<span class="num">第 ${shown().join('–')} ${u}，共 ${pages().length} ${u}</span>${btn('turn:1', 'right', `下一${u}`)}${S.m === 'brochure' && S.mode === 'edit' ? `<button class="fb" data-a="pairs" aria-pressed="${S.pairs}" aria-label="对页">${I('book', 's')}<span class="hide-m">对页</span></button>` : ''}<span class="grow"></span>${S.ms ? `<span class="mute hide-m num" id="ms">上次换页 ${(S.ms / 1000).toFixed(2)} 秒</span>` : ''}<button class="fb" data-a="surr" aria-label="底色">${I('surr', 's')}<span class="hide-m">${S.surr === 'dark' ? '深灰底' : '中灰底'}</span></button>${btn('zoom:-', 'minus', '缩小')}<span class="num" id="zv">${Math.round(S.u * 72 / 96 * 100)}%</span>${btn('zoom:+', 'plus', '放大')}<button class="fb" data-a="zoom:fit" aria-pressed="${S.zoom === 'fit'}">适合</button><button class="fb" data-a="panel" aria-pressed="${S.right}" aria-label="检视">${I('info', 's')}<span class="hide-m">检视</span></button></footer>` }

export function draw() {
 const st = S.st; if (!st) return;
 const at = document.activeElement, back = at?.dataset?.a, inLayer = $('#layer').contains(at), keep = Object.fromEntries($$('[data-keep]').map(e => [e.dataset.keep, [e.scrollTop, e.scrollLeft]]));
 document.title = `工坊 · ${st.source.split('/').pop()}`;
 const empty = !pages().length, app = $('#app'), isKw = S.mode === 'kw', right = S.right && !isKw && !empty && (!phone() || S.sel || S.fig || S.mode !== 'edit');
 app.className = st.start ? '' : `${phone() ? '' : 'l'} ${right && !phone() ? 'r' : ''} ${isKw || S.mode === 'design' ? 'keepl' : ''} ${S.pop ? 'haspop' : ''}`;
 S.page = Math.min(S.page, pages().length || 1);
 if (st.start) app.innerHTML = `<header class="top"><span class="brand" role="img" aria-label="lhpub 工坊">${I('surr')}</span><b>工坊</b></header>${start()}`;
 else {
  const mid = isKw ? kwMain() : `<main class="mid ${S.surr === 'grey' ? 'grey' : ''}"><h1 class="vh">${MEDIUM[S.m]}</h1>${banner()}${empty ? '<div class="stage" id="stage" tabindex="0"><p class="pad">还没有可以看的页面：先改好错误。</p></div>' : S.mode === 'press' ? press() : S.mode === 'design' ? designBar() + `<div class="stage" id="stage" tabindex="0" data-keep="design" aria-label="页面与框"><div class="pad" style="--u:${S.u = unit()}px"><div class="spread">${sheet(S.page, design())}</div></div></div>` : stage()}${S.probs ? probs() : S.m === 'deck' && S.mode === 'edit' && !empty && !phone() ? notes() : ''}${phone() && !empty ? `<nav class="strip" aria-label="页">${thumbs(true)}</nav>` : ''}</main>`;
  app.innerHTML = top() + `<nav class="rail" aria-label="工作">${rail(MODES)}<span class="grow"></span><button data-a="dlg:keys">${I('keys')}快捷键</button></nav>` + (isKw ? kwList() : S.mode === 'design' && !empty ? tree() : empty ? '' : left()) + mid + (right ? `<aside class="right" aria-label="检视">${S.mode === 'design' ? inspectDesign() : S.mode === 'press' ? inspectPress() : inspect()}</aside>` : '') + (isKw || empty ? '' : foot()) + (phone() ? `<nav class="tabbar" aria-label="工作">${rail(MODES)}<button data-a="menu:more" aria-haspopup="menu">${I('more')}更多</button></nav>` : '') }
 for (const e of $$('[data-keep]')) [e.scrollTop, e.scrollLeft] = keep[e.dataset.keep] || [0, 0];
 $('.th[aria-current=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
 if (!inLayer && back) $(`[data-a="${CSS.escape(back)}"]`)?.focus({ preventScroll: true });
 if (S.mode === 'press') paint();
 if (S.pop) placePop() }
function layer() { // 浮着的：小窗、菜单、对话框；不随页面重画，字和光标不丢
 $('#layer').innerHTML = (S.pop === 'text' ? popText() : S.pop === 'fact' ? popFact() : '') + (S.menu ? `<div class="menu" role="menu">${MENU[S.menu]()}</div>` : '') + (S.dlg ? DLG[S.dlg]() : '');
 if (S.menu) { const b = $(`[data-a="menu:${S.menu}"]`)?.getBoundingClientRect(), m = $('.menu'); if (b) { m.style.left = Math.max(6, Math.min(b.left, innerWidth - m.offsetWidth - 8)) + 'px'; m.style.top = Math.max(6, b.bottom > innerHeight / 2 ? b.top - m.offsetHeight - 6 : b.bottom + 6) + 'px' } }
 const to = S.dlg ? '#q,.dlg .btn.pri,.dlg button' : S.menu ? '.menu :is(button,a)' : S.pop === 'text' ? '#rich' : S.pop ? '#pop input:not([readonly]),#pop button' : '';
 if (to) { $(to)?.focus(); if ($('#rich')) getSelection().selectAllChildren($('#rich')), getSelection().collapseToEnd() }
 placePop() }
const both = () => { draw(); layer() };

async function load() { // 台面上各页的字与框
 const ns = pages().length ? shown() : [];
 await Promise.all(ns.map(async n => { const k = page(n)?.key; if (k && !S.items[k]) S.items[k] = await get(`/page/${k}/items`) }));
 const k = page()?.key;
 if (k && S.mode === 'design' && !S.frames[k]) S.frames[k] = await get(`/page/${k}/frames`);
 if (k && S.mode === 'press') await loadPlates();
 if (S.mode === 'kw') { S.kw = S.st.keywords.some(q => q.id === S.kw) ? S.kw : S.st.keywords[0]?.id; if (S.kw) S.form = await get(`/entry?form=1&id=${encodeURIComponent(S.kw)}`) } }
const show = () => load().then(draw, failed);
const failed = e => { S.busy = false; if (e.status) toast(e.message + (e.hint ? `　${e.hint}` : '')); else { S.lost = true; draw() } };
const ready = url => new Promise(r => { const i = new Image(); i.onload = i.onerror = r; i.src = url; i.decode?.().then(r, r) });
async function take(st, since) { // 新的一版：先把看着的页画好再换上，页与卷动不动
 if (S.st && st.rev <= S.st.rev) return;
 const old = S.st; S.st = st; S.busy = false; S.drafted = null;
 if (!S.u && pages().length) draw();
 const fresh = pages().length ? shown().map(page).filter(p => p && !old?.media[S.m].pages.some(q => q.key === p.key)) : [];
 await Promise.all([load(), ...fresh.map(p => ready(src(p.key, p.w * S.u)))]).catch(failed);
 if (S.st !== st) return;
 draw();
 if (since) { S.ms = performance.now() - since; $('#ms') ? $('#ms').textContent = `上次换页 ${(S.ms / 1000).toFixed(2)} 秒` : 0 }
 if (fresh.length) say(`换了 ${fresh.length} ${UNIT[S.m]}`);
 if (st.by === 'file') toast('文件在别处存过，已照新的换页');
 if (S.fig && S.pop === 'fact' && st.by) S.fig = await get(`/entry?id=${encodeURIComponent(S.fig.id)}`) }
async function send(url, body) { const t = performance.now(); S.busy = true; $('#saved')?.classList.add('busy'); const st = await post(url, { medium: S.m, ...body }); S.saved = new Date().toTimeString().slice(0, 5); await take(st, t); return st }

// 开、关、存
function close() { const a = S.opener; S.pop = S.sel = S.fig = S.entry = S.drafted = null; if (S.zoomed) { S.zoom = 'fit'; S.zoomed = false } both(); if (a) $(`[data-a="${CSS.escape(a)}"]`)?.focus() }
function near() { if (S.zoom === 'fit' && S.mode === 'edit' && !S.zoomed && S.m === 'brochure') { S.zoom = 'wide'; S.zoomed = true } }
async function openText(n, i, id) { const it = n ? itemsOf(n)[i] : null; S.entry = await get(`/entry?id=${encodeURIComponent(id || it.id)}`); S.sel = n ? { no: n, i } : null; S.fig = null; S.code = false; S.pop = 'text'; if (n) { S.page = n; near() } S.right = S.right || !narrow(); both(); $('.hit.on')?.scrollIntoView({ block: 'center' }); placePop() }
async function openFact(ref, n) { S.fig = await get(`/entry?id=${encodeURIComponent('facts/' + ref)}`); S.fig.at = Math.max(0, S.fig.places.findIndex(q => q.medium === S.m && q.no === +n)); S.sel = S.entry = null; S.pop = 'fact'; if (S.mode !== 'edit') { S.mode = 'edit'; await load() } S.right = true; both() }
async function openEntry(id) { // 从单子、问题、查找来：到它站的那一页，打开它
 const f = /^facts\/([^/]+)/.exec(id); S.dlg = null; S.mode = 'edit';
 if (f) return openFact(f[1]);
 const e = await get(`/entry?id=${encodeURIComponent(id)}`), q = (e.places || []).find(p => p.medium === S.m) || e.places?.[0];
 if (e.text == null) { if (/^keywords\//.test(id)) { S.kw = id.split('/').slice(0, 2).join('/'); S.mode = 'kw'; return show() } return both() }
 if (!q) return openText(0, 0, id);
 S.m = q.medium; S.page = q.no; await load(); draw(); const i = itemsOf(q.no).findIndex(it => it.id === id);
 return i < 0 ? openText(0, 0, id) : openText(q.no, i) }
const written = () => S.code ? $('#rich').textContent : unchip($('#rich'));
const parted = () => { const was = S.fig.fields; return $$('#pop [data-k]').filter(e => !e.readOnly).map(e => [e.dataset.k, e.value.trim()]).concat(S.approx != null ? [['approx', S.approx]] : []).filter(([k, v]) => v !== (was[k] ?? '')).map(([k, v]) => ({ id: `${S.fig.id}/${k}`, text: v, was: was[k] ?? '' })) };
async function save() {
 if (!S.pop) return;
 const edits = S.pop === 'text' ? [{ id: S.entry.id, text: written(), was: S.entry.text }] : parted(), name = S.pop === 'text' ? S.entry.name : S.fig.name;
 if (edits.every(e => e.text === e.was)) return close();
 try { const st = await send('/edit', { edits, label: name }); close(); toast(st.faults.some(f => f.error) ? `已存：${name}。有错误，页面还是上一次的` : `已存：${name}。${(S.ms / 1000).toFixed(2)} 秒`, '撤销', () => act('undo')) }
 catch (e) { if (e.status === 409) { S.clash = { edits, now: e.now, mine: edits.find(q => q.id === e.id)?.text, id: e.id }; S.typed = $('#rich')?.innerHTML; S.dlg = 'conflict'; layer(); if (S.typed != null && $('#rich')) $('#rich').innerHTML = S.typed } else if (e.status) { S.busy = false; $('#er').innerHTML = fault(e.message, e.hint || '') } else failed(e) } }
let timer, drafting; // 停笔 120 毫秒：照没存的字排一遍，页面跟着变
function drafted() {
 clearTimeout(timer); timer = setTimeout(async () => {
  if (drafting) return drafted();
  const e = S.entry; if (S.pop !== 'text' || !e) return;
  drafting = true;
  try { const q = await post('/edit', { draft: true, medium: S.m, edits: [{ id: e.id, text: written() }] });
   if (S.entry === e && S.pop) { if (q.keys.length) { await Promise.all(shown().map(n => ready(src(q.keys[n - 1], page(n).w * S.u)))); S.drafted = q.keys; $$('.page img[data-no]').forEach(i => { const k = q.keys[i.dataset.no - 1]; if (k) i.src = src(k, page(+i.dataset.no).w * S.u) }) } $('#er').innerHTML = q.faults.length ? fault(q.faults[0], '照样可以保存；页面停在上一次没有错误的样子。') : '' } } catch (x) { if (x.status) $('#er').innerHTML = fault(x.message, x.hint || '') } finally { drafting = false } }, 120) }

const step = async url => { const st = await send(url, {}); toast(st.label ? `${url === '/undo' ? '已撤销' : '已重做'}：${st.label}` : url === '/undo' ? '没有可撤销的' : '没有可重做的', st.label ? url === '/undo' ? '重做' : '撤销' : '', () => act(url === '/undo' ? 'redo' : 'undo')) };
const go = (n, m = S.m) => { S.m = m; S.page = Math.min(Math.max(1, +n), pages().length || 1); if (S.mode === 'kw') S.mode = 'edit'; draw(); return show() };
const arrange = (op, id, more = {}) => send('/arrange', { op, id, label: { delete: '删去', move: '移动', copy: '复制', add: '新增' }[op], ...more });
const order = () => S.st.keywords.map(k => k.id);
const shift = d => { const all = order(), i = all.indexOf(S.kw), j = i + d; if (j < 0 || j >= all.length) return; return arrange('move', S.kw, { after: d > 0 ? all[j] : all[j - 1] ?? null }) };
const insert = html => { const r = $('#rich'); r.focus(); document.execCommand('insertHTML', false, html); r.dispatchEvent(new Event('input', { bubbles: true })) };
const ACT = {
 mode: m => { S.mode = m; S.pop = S.sel = S.fig = S.menu = null; layer(); if (m === 'press') { S.m = 'brochure'; S.right = true } return show() },
 medium: m => { const k = page()?.anchors?.find(a => S.st.keywords.some(q => q.name === a)); S.m = m; if (m === 'deck' && S.mode === 'press') S.mode = 'edit'; S.pop = S.sel = null; layer(); return go(pages().find(p => k && p.anchors.includes(k))?.no || Math.min(S.page, pages().length)) },
 go: (m, n) => { S.pop = S.sel = null; layer(); return go(n, m) }, turn: d => go(shown()[0] + (+d > 0 ? shown().length : -1)), pairs: () => { S.pairs = !S.pairs; return show() },
 zoom: z => { S.zoomed = false; S.zoom = z === 'fit' || z === 'wide' ? z : Math.min(6, Math.max(.15, +z || S.u * 72 / 96 * (z === '+' ? 1.25 : .8))); draw() },
 surr: () => { S.surr = S.surr === 'dark' ? 'grey' : 'dark'; draw() }, panel: () => { S.right = !S.right; draw() }, probs: () => { S.probs = !S.probs; S.menu = null; both() },
 text: (n, i) => openText(+n, +i), fact: (...a) => openFact(a.slice(0, -1).join(':'), a.at(-1)), entry: (...id) => openEntry(id.join(':')), close, save, pic: id => { S.kw = id.split('/').slice(0, 2).join('/'); S.acc.图片 = 1; if (/^keywords/.test(id)) return ACT.mode('kw') }, chart: id => get(`/entry?id=${encodeURIComponent(id)}`).then(e => e.parts && openEntry(`${id}/title`)),
 occ: async j => { const n = S.fig.places.length; S.fig.at = j === 'next' ? (S.fig.at + 1) % n : j === 'prev' ? (S.fig.at + n - 1) % n : +j; const q = S.fig.places[S.fig.at]; await go(q.no, q.medium); placePop() },
 places: () => { S.pop = null; both() }, approx: v => { S.approx = v; $$('[data-a^="approx:"]').forEach(b => b.setAttribute('aria-checked', b.dataset.a === `approx:${v}`)) },
 code: () => { S.entry.text = S.entry.text; const t = written(); S.code = !S.code; $('#rich').innerHTML = S.code ? esc(t) : chips(t, S.entry.owner); $('[data-a=code]').setAttribute('aria-pressed', S.code) },
 bold: () => { const t = String(getSelection()); if (t && $('#rich').contains(getSelection().anchorNode)) insert(`**${esc(t)}**`) }, link: () => { const t = String(getSelection()), u = prompt('网址', 'https://'); if (u) insert(`[${esc(t || u)}](${esc(u)})`) },
 fix: (a, b) => { const r = $('#rich'); r.innerHTML = chips(written().replaceAll(`{${a}}`, `{${b}}`), S.entry.owner); return save() },
 undo: () => step('/undo'), redo: () => step('/redo'), menu: m => { S.menu = S.menu === m ? null : m; layer() }, dlg: d => { S.menu = null; S.dlg = d; layer() }, nodlg: () => { S.dlg = null; const t = S.typed; layer(); if (t != null && $('#rich')) $('#rich').innerHTML = t; S.typed = null },
 use: async (k, ...v) => { S.menu = null; layer(); const t = performance.now(); await send('/use', { [k]: v.join(':') }); toast(`已换好，${((performance.now() - t) / 1000).toFixed(1)} 秒`) },
 make: async () => { S.making = { stage: 'read' }; S.dlg = 'make'; S.menu = null; layer(); await post('/make', {}) },
 prob: i => { const f = list()[+i]; if (!f) return; if (f.id) return openEntry(f.id); if (f.medium) return go(f.no, f.medium) }, filter: k => { S.filter = k; draw() },
 kw: id => { S.kw = id; return show() }, acc: k => { S.acc[k] = !S.acc[k]; draw() }, kwup: () => shift(-1), kwdown: () => shift(1), kwcopy: () => arrange('copy', S.kw), kwdel: () => { S.dlg = null; layer(); return arrange('delete', S.kw) },
 addkw: () => { const n = S.st.keywords.length + 1, t = S.st.themes[0]?.id; return arrange('add', 'keywords', { value: { title: `新关键词${n}`, ...(t ? { theme: t } : {}), headline: '写一句结论。', body: '写一段正文。' } }) },
 add: (id, kind) => { const n = $('#newfact')?.value.trim(); if (kind === 'fact') return n ? arrange('add', id, { name: n, value: { label: n, value: '0', unit: '' } }) : $('#newfact').focus(); return arrange('add', id, { value: kind === 'line' ? { date: `${new Date().getFullYear()}`, label: '写什么事' } : '写一条要点' }) },
 del: id => arrange('delete', id).then(() => toast('已删去', '撤销', () => act('undo'))), moveup: id => { const rows = $$('[data-a^="moveup:"]').map(b => b.dataset.a.slice(7)), i = rows.indexOf(id); if (i > 0) return arrange('move', id, { after: i > 1 && rows[i - 2].replace(/\/[^/]*$/, '') === id.replace(/\/[^/]*$/, '') ? rows[i - 2] : null }) },
 fr: i => { S.fr = +i; draw() }, show: k => { S.show[k] = !S.show[k]; draw() }, solo: k => { S.solo = k; draw() }, limit: () => { S.limit = !S.limit; draw() }, plate: k => { (S.hidden ??= {})[k] = !S.hidden[k]; draw() },
 mine: async () => { S.dlg = null; const q = S.clash; await send('/edit', { edits: q.edits.map(e => e.id === q.id ? { ...e, was: q.now } : e), label: S.entry?.name || '' }); close() }, theirs: async () => { await navigator.clipboard?.writeText(S.clash.mine).catch(() => 0); S.dlg = null; S.entry = await get(`/entry?id=${encodeURIComponent(S.clash.id)}`); layer() } };
const act = a => { const [k, ...v] = a.split(':'); return Promise.resolve(ACT[k]?.(...v)).catch(failed) };

document.addEventListener('click', e => {
 const b = e.target.closest('[data-a]'), f = e.target.closest('[data-focus]');
 if (S.menu && !e.target.closest('.menu') && !b?.dataset.a.startsWith('menu:')) { S.menu = null; layer() }
 if (f) { const r = f.getBoundingClientRect(); return focusAt(f, (e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height) }
 if (e.target.matches('.skip')) { e.preventDefault(); return $('#stage')?.focus() }
 if (!b || b.disabled) return;
 if (!$('#layer').contains(b) && /^(text|fact|entry)/.test(b.dataset.a)) S.opener = b.dataset.a;
 act(b.dataset.a) });
const round = v => Math.min(1, Math.max(0, Math.round(v * 100) / 100));
function focusAt(f, x, y) { const id = f.dataset.focus, have = S.form.fields.flatMap(q => q.fields || q.rows?.[0]?.fields || []).find(q => q.key === 'focus' && q.id === `${id}/focus`)?.rows || []; const v = [round(x), round(y)]; return (have.length === 2 ? send('/edit', { label: '焦点', edits: have.map((r, i) => ({ id: r.id, text: String(v[i]) })) }) : arrange('add', id, { name: 'focus', value: v.map(String) })).catch(failed) }
const field = async e => { // 表单里一格改好了
 const now = e.isContentEditable ? unchip(e) : e.value; if (now === e.dataset.was) return;
 try { await send('/edit', { label: e.getAttribute('aria-label'), edits: [{ id: e.dataset.id, text: now, was: e.dataset.was }] }) } catch (x) { if (x.status === 409) { toast('这一处刚在别处改过，已换成文件里的'); return show() } failed(x); e.classList.add('wrong') } };
document.addEventListener('change', e => {
 const t = e.target;
 if (t.id === 'ins' && t.value) { insert(chips(`{${t.value}}`, S.entry.owner)); t.value = '' }
 else if (t.dataset.file) upload(t.dataset.file, t.files[0]);
 else if (t.dataset.kwsel != null) act(`kw:${t.value}`);
 else if (t.dataset.id) field(t) });
document.addEventListener('focusout', e => { if (e.target.dataset?.id && e.target.isContentEditable) field(e.target) });
document.addEventListener('input', e => { if (e.target.id === 'rich') { $('#meter').innerHTML = meter(written(), S.entry); drafted() } else if (e.target.id === 'q') find(e.target.value) });
let asked = 0; async function find(q) { const n = ++asked; S.q = q; const hits = await get(`/search?q=${encodeURIComponent(q)}`); if (n !== asked) return; S.hits = hits; const t = document.createElement('div'); t.innerHTML = DLG.search(); $('#hits').innerHTML = $('#hits', t).innerHTML }
const upload = (id, file) => file && (S.busy = true, post(`/picture?id=${encodeURIComponent(id)}&name=${encodeURIComponent(file.name)}&medium=${S.m}`, file).then(st => take(st, performance.now())).catch(failed));
for (const k of ['dragover', 'drop']) document.addEventListener(k, e => { const d = e.target.closest?.('[data-drop]'); e.preventDefault(); if (k === 'drop' && d) upload(d.dataset.drop, e.dataTransfer.files[0]) });
document.addEventListener('paste', e => { if (e.target.isContentEditable) { e.preventDefault(); document.execCommand('insertText', false, e.clipboardData.getData('text/plain')) } });
for (const k of ['pointermove', 'pointerdown']) document.addEventListener(k, e => { if (e.target.id === 'pp') { const r = e.target.getBoundingClientRect(); S.probe = [(e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height]; probe() } });
addEventListener('resize', () => { draw(); placePop() });

document.addEventListener('keydown', e => {
 const t = e.target, c = e.ctrlKey || e.metaKey, typing = t.isContentEditable || /INPUT|SELECT|TEXTAREA/.test(t.tagName), k = e.key, stop = a => { e.preventDefault(); act(a) };
 if (k === 'Escape') { if (S.menu) { const m = S.menu; act(`menu:${m}`); $(`[data-a="menu:${m}"]`)?.focus() } else if (S.dlg) act('nodlg'); else if (S.pop || S.sel || S.fig) close(); return }
 if (S.dlg || S.menu) { const all = $$(S.dlg ? '.dlg :is(button,input,a)' : '.menu :is(button,a)'), i = all.indexOf(t), d = k === 'Tab' && S.dlg ? e.shiftKey ? -1 : 1 : k === 'ArrowDown' ? 1 : k === 'ArrowUp' ? -1 : 0; if (d && all.length) { e.preventDefault(); all[(i + d + all.length) % all.length].focus() } return }
 if (c && k === 'Enter' || c && k === 's') return stop('save');
 if (c && k === 'k') return stop('dlg:search');
 if (c && k.toLowerCase() === 'z' && !t.isContentEditable) return stop(e.shiftKey ? 'redo' : 'undo');
 if (t.id === 'rich') { if (c && k === 'b') stop('bold'); else if (c && k === 'l') stop('link'); else if (k === '{' && !S.code) { e.preventDefault(); $('#ins').focus(); try { $('#ins').showPicker() } catch { } } else if (k === 'Enter') { e.preventDefault(); document.execCommand('insertText', false, '\n') } return }
 if (t.dataset.focus) { const d = { ArrowLeft: [-.02, 0], ArrowRight: [.02, 0], ArrowUp: [0, -.02], ArrowDown: [0, .02] }[k]; if (d) { e.preventDefault(); focusAt(t, +t.dataset.x + d[0], +t.dataset.y + d[1]) } return }
 if (t.getAttribute('role') === 'radio' && /^Arrow/.test(k)) { const all = $$('[role=radio]', t.parentNode), n = all[(all.indexOf(t) + (/Right|Down/.test(k) ? 1 : -1) + all.length) % all.length]; e.preventDefault(); const a = n.dataset.a; n.focus(); return act(a) }
 if (S.mode === 'press' && t.id === 'stage' && /^Arrow/.test(k)) { e.preventDefault(); const d = { ArrowLeft: [-.01, 0], ArrowRight: [.01, 0], ArrowUp: [0, -.01], ArrowDown: [0, .01] }[k]; S.probe = [round(S.probe[0] + d[0]), round(S.probe[1] + d[1])]; return probe() }
 if (k === 'F6') { const all = $$('#app > .top,#app > .rail,#app > .left,#stage,#pop,#app > .right,.probs,#app > .foot').filter(x => x.offsetParent), i = all.findIndex(x => x.contains(t)), n = all[(i + (e.shiftKey ? -1 : 1) + all.length) % all.length]; e.preventDefault(); return (n.matches('#stage') ? n : $('button,input,a', n))?.focus() }
 if (k === 'F8') return stop(`prob:${S.at8 = ((S.at8 ?? -1) + 1) % (list().length || 1)}`);
 if (k === 'F3' && S.fig) return stop(`occ:${e.shiftKey ? 'prev' : 'next'}`);
 if (e.altKey && MODES[k - 1]) return stop(`mode:${MODES[k - 1][0]}`);
 if (e.altKey && S.mode === 'kw' && /Arrow(Up|Down)/.test(k)) return stop(k === 'ArrowUp' ? 'kwup' : 'kwdown');
 if (typing || c || e.altKey) return;
 const a = { PageUp: 'turn:-1', PageDown: 'turn:1', Home: `go:${S.m}:1`, End: `go:${S.m}:${pages().length}`, 0: 'zoom:fit', 1: 'zoom:1', 2: 'zoom:wide', '+': 'zoom:+', '-': 'zoom:-', p: 'pairs', n: S.mode === 'kw' ? 'addkw' : '', '?': 'dlg:keys' }[k];
 if (a) stop(a) });

const live = new EventSource('/events');
live.addEventListener('state', e => { S.lost = false; take(JSON.parse(e.data)) });
live.addEventListener('make', e => { const q = JSON.parse(e.data); S.making = q; if (q.files) S.st.files = q.all; if (S.dlg === 'make') layer(); else if (q.files) toast(`已生成 ${q.files.length} 个文件`); else if (q.faults) toast(`没有生成：${q.faults[0]}`) });
live.onerror = () => { S.lost = true; draw() };
