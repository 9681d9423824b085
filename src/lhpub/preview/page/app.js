// 画一遍（draw）、每个动作（ACT）、键、来自程序的事件
import { $, $$, S, T, UNIT, MEDIUM, esc, pages, page, shown, phone, errors, get, entry, post, src, say, toast, chips, unchip } from './parts.js';
import { MODES, top, jobs, foot, banner, stage, thumbs, left, inspect, itemsOf, meter, fault, placePop, crops, kwList, kwMain, tree, inspectDesign, press, inspectPress, paint, probe, probs, notes, floating, start } from './views.js';

function draw() {
 if (!S.st) return;
 const at = document.activeElement, back = at?.dataset?.a, keep = Object.fromEntries($$('[data-keep]').map(e => [e.dataset.keep, [e.scrollTop, e.scrollLeft]])), app = $('#app'), some = pages().length > 0, kw = S.mode === 'kw';
 const cell = at?.dataset?.id && !$('#layer').contains(at) && { typed: (at.isContentEditable ? unchip(at) : at.value) !== at.dataset.was, caret: at.selectionStart };
 S.page = Math.min(S.page, pages().length || 1);
 document.title = `工坊 · ${S.st.source.split('/').pop()}`;
 const right = S.right && !kw && some && (!phone() || !S.pop && (S.entry || S.fig || S.mode !== 'edit'));
 app.className = S.st.start ? '' : `${phone() || !some && !kw ? '' : 'l'} ${right && !phone() ? 'r' : ''} ${kw || S.mode === 'design' ? 'keepl' : ''} ${S.pop ? 'haspop' : ''} ${S.mode} ${S.fr != null ? 'framed' : ''}`;
 if (S.st.start) app.innerHTML = start();
 else {
  const under = S.probs ? probs() : S.m === 'deck' && S.mode === 'edit' && some && !phone() ? notes() : '';
  app.innerHTML = top() + jobs('rail') + (phone() ? '' : kw ? kwList() : !some ? '' : S.mode === 'design' ? tree() : left()) + (kw ? kwMain() : `<main class="mid ${S.surr}"><h1 class="vh">${MEDIUM[S.m]}</h1>${banner()}${S.mode === 'press' && some ? press() : stage()}${under}${phone() && some ? `<nav class="strip" aria-label="页" data-keep="strip">${thumbs(true)}</nav>` : ''}</main>`) + (right ? `<aside class="right" aria-label="检视">${S.mode === 'design' ? inspectDesign() : S.mode === 'press' ? inspectPress() : inspect()}</aside>` : '') + (kw || !some ? '' : foot()) + (phone() ? jobs('tabs') : '') }
 for (const e of $$('[data-keep]')) [e.scrollTop, e.scrollLeft] = keep[e.dataset.keep] || [0, 0];
 $('.th[aria-current=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
 if (back && !$('#layer').contains(at)) $(`[data-a="${CSS.escape(back)}"]`)?.focus({ preventScroll: true });
 const own = cell && $(`[data-id="${CSS.escape(at.dataset.id)}"]`); // 正在填的一格：字和光标不丢
 if (own) { if (cell.typed) own[own.isContentEditable ? 'innerHTML' : 'value'] = at[own.isContentEditable ? 'innerHTML' : 'value']; own.focus({ preventScroll: true }); if (own.setSelectionRange) own.setSelectionRange(cell.caret, cell.caret); else { getSelection().selectAllChildren(own); getSelection().collapseToEnd() } }
 if (S.mode === 'press') paint();
 if (!S.drawn && some) { S.drawn = true; return draw() } // 台面有了大小，再照它画
 for (const f of $$('[data-focus]')) { const i = $('img', f), to = () => crops(f.closest('.drop'), +f.dataset.x, +f.dataset.y); if (i.complete) to(); else i.onload = to }
 placePop() }
function layer() { // 浮着的小窗、菜单、对话框：不随页面重画，字和光标不丢
 $('#layer').innerHTML = floating();
 const m = $('.menu'), b = m && $(`[data-a="menu:${S.menu}"]`)?.getBoundingClientRect();
 if (b) { m.style.left = `${Math.max(6, Math.min(b.left, innerWidth - m.offsetWidth - 8))}px`; m.style.top = `${b.bottom > innerHeight / 2 ? b.top - m.offsetHeight - 6 : b.bottom + 6}px` }
 placePop();
 const to = S.dlg ? ['#q', '#alt', '.dlg .ft_ .btn', '.dlg button'] : S.menu ? ['.menu :is(button,a)'] : ['#rich', '#pop .body input:not([readonly])', '#pop button'], focus = to.map(q => $(q, $('#layer'))).find(Boolean);
 focus?.focus({ preventScroll: true });
 if (focus?.id === 'rich') { getSelection().selectAllChildren(focus); getSelection().collapseToEnd() } }
const both = () => { draw(); layer() };

async function load(st = S.st) { // 一版里看着的页上的字与框；表单；版
 const key = page(shown(st)[0], st)?.key, at = S.mode;
 await Promise.all((key ? shown(st) : []).map(async n => { const k = page(n, st).key; S.items[k] ??= await get(`/page/${k}/items`) }));
 if (key && at === 'design') S.frames[key] ??= await get(`/page/${key}/frames`);
 if (key && at === 'press' && S.plates?.key !== key) { const told = await get(`/page/${key}/inks`), all = await Promise.all(told.inks.map(i => plate(key, i.name))); S.plates = { key, ...told, data: all.map(p => p[0]), pw: all[0][1], ph: all[0][2] } }
 if (at === 'kw') { if (!st.keywords.some(k => k.id === S.kw) && !st.parts.some(k => k.id === S.kw) && !(/^facts/.test(S.kw) && st.facts[S.kw.slice(6)])) S.kw = st.keywords[Math.min(Math.max(0, (S.st || st).keywords.findIndex(k => k.id === S.kw)), st.keywords.length - 1)]?.id; if (S.kw) S.form = await entry(S.kw, true).catch(() => null) } }
async function plate(key, ink) { // 灰图的每一点：百分之几的墨
 const im = new Image(), c = document.createElement('canvas'); im.src = `/page/${key}/plate/${encodeURIComponent(ink)}.png?w=900`; await im.decode();
 c.width = im.width; c.height = im.height;
 const x = c.getContext('2d', { willReadFrequently: true }); x.drawImage(im, 0, 0);
 return [Uint8Array.from({ length: im.width * im.height }, (d => (_, p) => Math.round((255 - d[p * 4]) / 2.55))(x.getImageData(0, 0, im.width, im.height).data)), im.width, im.height] }
const show = () => load().then(draw);
function failed(e) { S.sent = 0; if (e.status) toast(`${e.message}${e.hint ? `　${e.hint}` : ''}`); else if (e instanceof TypeError && /fetch/i.test(e.message)) { S.lost = true; draw() } else { toast('页面出了错，请再试一次'); throw e } }
const ready = url => { const i = new Image(); i.src = url; return i.decode().catch(() => 0) };
const take = st => next && st.rev <= next.rev ? taking : taking = change(next = st);
let next, taking;
async function change(st) { // 新的一版：看着的页全备好，才连同画面一起换上；先前点的仍照先前的画面算，一下也不丢
 const old = S.st, where = () => [S.mode, S.m, S.kw, shown(st), S.fig?.id].join();
 let fresh = [], fig, at;
 do {
  at = where();
  fresh = pages(S.m, st).length ? shown(st).map(n => page(n, st)).filter(p => !old?.media[S.m].pages.some(q => q.key === p.key)) : [];
  [fig] = await Promise.all([S.fig && entry(S.fig.id).catch(() => 0), load(st), ...S.u ? fresh.map(p => ready(src(p.key, p.w * S.u))) : []]) } while (next === st && at !== where());
 if (next !== st) return taking;
 if (JSON.stringify(old?.faults) !== JSON.stringify(st.faults)) S.at8 = -1; // 问题换了，F8 从头数
 S.st = st; S.drafted = null;
 if (fig) S.fig = { ...fig, at: S.fig.at };
 else if (S.fig) { S.fig = S.pop = null; layer() }
 if (S.sent) S.ms = ((performance.now() - S.sent) / 1000).toFixed(2);
 S.sent = 0;
 draw();
 if (fresh.length && old) say(`换了 ${fresh.length} ${UNIT[S.m]}`);
 const no = (s, k) => pages(S.m, s).find(p => p.anchors.includes(k.name))?.no, was = old && pages(S.m, old).length, now = pages(S.m, st).length;
 if (was && was !== now && old.source === st.source && old.layout === st.layout) { const k = st.keywords.find(q => no(old, q) !== no(st, q)); toast(`${MEDIUM[S.m]} ${was} → ${now} ${UNIT[S.m]}${k ? `：从“${k.title}”起` : ''}`) }
 if (st.by) toast('文件在别处存过，已照新的换页') }
async function send(url, body, kept) { S.sent = performance.now(); $('#saved')?.classList.add('busy'); const st = await post(url, { medium: S.m, ...body }); kept?.(); S.saved = new Date().toTimeString().slice(0, 5); await take(st); return st }

// 打开、关上、保存
let opened = 0;
const latest = async asked => { const n = ++opened, e = await asked; return n === opened ? e : null }; // 答得慢，又点了别处：后点的算
function close() { opened++; const a = S.opener; S.pop = S.sel = S.fig = S.entry = S.drafted = S.approx = null; const far = S.zoomed; if (far) { S.zoom = 'fit'; S.zoomed = false } both(); if (far) $('#stage')?.scrollTo(0, 0); if (a) $(`[data-a="${CSS.escape(a)}"]`)?.focus({ preventScroll: true }) }
async function openText(n, i, id) {
 const e = await latest(entry(id ||= itemsOf(n)[i].id)); if (!e) return;
 S.entry = e; S.sel = n ? { no: n, i, id } : null; S.fig = null; S.pop = 'text'; S.code = false;
 if (n) { S.page = n; if (S.zoom === 'fit' && (S.m === 'brochure' || phone())) { S.zoom = phone() ? 'hit' : 'wide'; S.zoomed = true } }
 both(); $('.hit.on')?.scrollIntoView({ block: 'center', inline: phone() ? 'center' : 'nearest' }); placePop() }
async function openFact(ref, n) {
 const e = await latest(entry(`facts/${ref}`)); if (!e) return;
 S.fig = e; S.fig.at = Math.max(0, S.fig.places.findIndex(q => q.medium === S.m && q.no === +n)); S.sel = S.entry = null; S.pop = 'fact'; S.dlg = null;
 if (S.mode !== 'edit') { S.mode = 'edit'; await load() }
 both() }
async function openEntry(id) { // 从单子、问题、查找来：到它站的那一页，打开它
 const f = /^facts\/([^/]+)/.exec(id); S.dlg = null; layer();
 if (f) return openFact(f[1], 0);
 const e = await latest(entry(id)), q = e?.places?.find(p => p.medium === S.m) || e?.places?.[0];
 if (!e) return;
 if (e.text == null || !e.places.length) return ACT.mode('kw', S.kw = /^publication/.test(id) ? 'publication' : id.split('/').slice(0, 2).join('/'));
 S.mode = 'edit'; if (q) { S.m = q.medium; S.page = q.no } await load(); draw();
 const i = q ? itemsOf(q.no).findIndex(it => it.id === id) : -1;
 return i < 0 ? openText(0, 0, id) : openText(q.no, i) }
const written = () => S.code ? $('#rich').textContent : unchip($('#rich'));
function changed() {
 if (S.pop === 'text') return [{ id: S.entry.id, text: written(), was: S.entry.text }];
 return [...$$('#pop [data-k]').filter(e => !e.readOnly).map(e => [e.dataset.k, e.value.trim()]), ...S.approx != null ? [['approx', S.approx]] : []].map(([k, text]) => ({ id: `${S.fig.id}/${k}`, text, was: S.fig.fields[k] ?? '' })).filter(e => e.text !== e.was) }
async function save() {
 if (!S.pop) return;
 const edits = changed(), label = (S.entry || S.fig).name, b = $('#pop [data-a=save]'); if (edits.every(e => e.text === e.was)) return close();
 let kept = false; b.disabled = true; $('#pop').style.visibility = 'hidden'; clearTimeout(timer); // 存的时候看着页面；存不成再拿出来
 try { await send('/edit', { edits, label }, () => kept = true); close(); toast(errors().length ? `已存：${label}。有错误，页面还是上一次的` : `已存：${label}。${S.ms} 秒`, '撤销', () => act('undo')) }
 catch (e) { S.sent = 0; if (kept) { close(); return failed(e) } b.disabled = false; $('#pop').style.visibility = ''; if (e.status === 409) { const typed = $('#rich')?.innerHTML; S.clash = { edits, now: e.now, id: e.id, mine: edits.find(q => q.id === e.id).text, typed }; S.dlg = 'conflict'; layer(); restore() } else if (e.status) $('#er').innerHTML = fault(e.message, e.hint); else failed(e) } }
const restore = () => { if (S.clash?.typed && $('#rich')) $('#rich').innerHTML = S.clash.typed };
let timer, drafting;
function drafted() { // 停笔 120 毫秒：照没存的字排一遍，页面跟着变
 clearTimeout(timer);
 timer = setTimeout(async () => {
  const e = S.entry || S.fig; if (drafting) return drafted(); if (!S.pop || !e) return;
  drafting = true;
  try {
   const q = await post('/edit', { draft: true, medium: S.m, edits: changed().map(c => ({ ...c, was: null })) }), on = q.keys.length ? shown() : [];
   await Promise.all(on.map(n => ready(src(q.keys[n - 1], page(n).w * S.u))));
   if ((S.entry || S.fig) === e && S.pop && !S.sent) { if (on.length) S.drafted = q.keys; for (const i of on.length ? $$('.page img[data-no]') : []) i.src = src(q.keys[i.dataset.no - 1], page(+i.dataset.no).w * S.u); $('#er').innerHTML = q.faults.length ? fault(q.faults[0], '可以保存；页面停在上一次没有错误的样子。') : '' } }
  catch (x) { if (x.status && $('#er')) $('#er').innerHTML = fault(x.message, x.hint) } finally { drafting = false } }, 120) }
const step = async back => { const st = await send(back ? '/undo' : '/redo'); toast(st.label ? `${back ? '已撤销' : '已重做'}：${st.label}` : back ? '没有可撤销的' : '没有可重做的', st.label && (back ? '重做' : '撤销'), () => step(!back)) };
const go = (n, m = S.m) => { S.m = m; S.fr = null; S.page = Math.min(Math.max(1, +n), pages().length || 1); if (S.mode === 'kw') S.mode = 'edit'; draw(); return show() };
async function arrange(op, id, more, name = S.form?.fields.find(f => f.key === 'title')?.text || '') {
 if (S.sent) return toast('上一处还在存，稍等再点');
 const label = { delete: '删去', move: '移动', copy: '复制', add: '新增' }[op] + name;
 await send('/arrange', { op, id, label, ...more }); toast(`已${label}`, '撤销', () => act('undo')) }
const ids = () => [...S.st.keywords, ...S.st.parts].map(q => q.id);
async function added(id, more, name) { const had = ids(); await arrange('add', id, more, name); S.kw = ids().find(q => !had.includes(q)) || S.kw; S.acc = { ...S.acc, 基本: true, 文字: true }; return show() }
function moved(d) { // 照单子上的次序：同一主题里的前一个、后一个
 const all = S.kw.startsWith('keywords') ? S.st.keywords : S.st.parts, k = all.find(q => q.id === S.kw), own = all.filter(q => q.theme === k.theme && q.group === k.group).map(q => q.id), to = own[own.indexOf(S.kw) + d], ids = all.map(q => q.id).filter(q => q !== S.kw);
 if (to) return arrange('move', S.kw, { after: d > 0 ? to : ids[ids.indexOf(to) - 1] ?? null }) }
const insert = html => { const r = $('#rich'); r.focus(); document.execCommand('insertHTML', false, html) };
const quiet = () => { opened++; S.pop = S.sel = S.fig = S.entry = S.menu = S.drafted = null; layer() };
const ACT = {
 close, save, undo: () => step(true), redo: () => step(false), entry: (...id) => openEntry(id.join(':')), text: (n, i) => openText(+n, +i), fact: (...a) => openFact(a.slice(0, -1).join(':'), a.at(-1)),
 mode: (m, id) => { const k = m === 'kw' && !id && S.mode !== 'kw' && S.st.keywords.find(q => page()?.anchors.includes(q.name)); if (k) S.kw = k.id; quiet(); S.mode = m; if (m === 'press') { S.m = 'brochure'; S.right = true } return show() },
 medium: m => { const k = page()?.anchors.find(a => S.st.keywords.some(q => q.name === a)); quiet(); S.m = m; if (S.mode === 'press') S.mode = 'edit'; return go(pages().find(p => k && p.anchors.includes(k))?.no || S.page) },
 go: (m, n) => { quiet(); return go(n, m) }, turn: d => go(shown()[0] + (+d > 0 ? shown().length : -1)), pairs: () => { S.pairs = !S.pairs; return show() },
 zoom: z => { S.zoomed = false; S.zoom = /fit|wide/.test(z) ? z : Math.min(6, Math.max(.15, +z || S.u * .75 * (z === '+' ? 1.25 : .8))); draw() },
 surr: () => { S.surr = S.surr === 'dark' ? 'grey' : 'dark'; draw() }, panel: () => { S.right = !S.right; draw() }, probs: () => { S.probs = !S.probs; S.menu = null; both() }, filter: k => { S.filter = k; draw() },
 prob: async i => { // 到它的文字；版式的问题到那一页那个框
  const f = S.st.faults[S.at8 = +i]; if (f?.id) return openEntry(f.id); if (!f?.no) return f && toast(`${f.message}　${f.hint || f.place}`);
  quiet(); await go(f.no, f.medium);
  if (/\.yaml:/.test(f.place)) { S.mode = 'design'; await show(); const at = S.frames[page().key].frames.findIndex(q => f.place.includes(`${q.place}:`)); if (at >= 0) S.fr = at; draw() } },
 pic: id => { S.acc.图片 = 1; if (/^keywords/.test(id)) return ACT.mode('kw', S.kw = id.split('/').slice(0, 2).join('/')) }, chart: id => openText(0, 0, `${id}/title`),
 occ: async j => { const f = S.fig, n = f.places.length; f.at = j === 'next' ? (f.at + 1) % n : j === 'prev' ? (f.at + n - 1) % n : +j; await go(f.places[f.at].no, f.places[f.at].medium) },
 places: () => { S.pop = null; both() }, approx: v => { S.approx = v; for (const b of $$('[data-a^="approx:"]')) b.setAttribute('aria-checked', b.dataset.a === `approx:${v}`) },
 code: () => { const t = written(); S.code = !S.code; $('#rich').innerHTML = S.code ? esc(t) : chips(t, S.entry.owner); $('[data-a=code]').setAttribute('aria-pressed', S.code) },
 bold: () => { const t = String(getSelection()); if (t) insert(`**${esc(t)}**`) }, link: () => { const t = String(getSelection()), u = prompt('网址', 'https://'); if (u) insert(`[${esc(t || u)}](${esc(u)})`) },
 fix: (a, b) => { $('#rich').innerHTML = chips(written().replaceAll(`{${a}}`, `{${b}}`), S.entry.owner); return save() },
 menu: m => { S.menu = S.menu === m ? null : m; layer() }, dlg: d => { S.menu = null; S.dlg = d; layer() }, nodlg: () => { S.dlg = null; layer(); restore() },
 use: async (k, ...v) => { quiet(); const t = performance.now(); await send('/use', { [k]: v.join(':') }); toast(`已换好，${((performance.now() - t) / 1000).toFixed(1)} 秒`) },
 make: async () => { S.making = { stage: 'read' }; S.menu = null; S.dlg = 'make'; layer(); await post('/make', {}) },
 kw: (...v) => { S.kw = v.join(':'); return show() }, acc: k => { S.acc[k] = !S.acc[k]; draw() }, kwmove: d => moved(+d), kwcopy: () => arrange('copy', S.kw), kwdel: () => { S.dlg = null; layer(); return arrange('delete', S.kw) },
 addkw: () => added('keywords/', { value: { title: `新关键词${S.st.keywords.length + 1}`, ...S.st.themes[0] ? { theme: S.st.themes[0].id } : {}, headline: '写一句结论。', body: '写一段正文。' } }, '关键词'),
 addpart: k => { const two_ = Object.entries(S.st.facts).filter(([, f]) => f.figure && !f.derived).slice(0, 2).map(([fact]) => ({ fact })); return added(`${k}/`, { value: k === 'themes' ? { id: `主题${S.st.themes.length + 1}`, title: '新主题' } : { kind: 'column', title: `新图表${S.st.parts.length}`, items: two_ } }, k === 'themes' ? '主题' : '图表') },
 add: (...v) => { const id = v.join(':'), f = fields(S.form.fields).find(q => q.id === id), box = $(`[data-new="${CSS.escape(id)}"]`), name = box?.value.trim(); return box && !name ? box.focus() : arrange('add', f.whole ? id : `${id}/${name || ''}`, { value: f.key === 'facts' ? { label: name, value: '0', unit: '' } : f.blank }, name || f.name) },
 del: (...v) => arrange('delete', v.join(':'), {}, ''),
 moveup: (...v) => { const id = v.join(':'), up = q => q.replace(/\/[^/]*$/, ''), own = $$('[data-a^="moveup:"]').map(b => b.dataset.a.slice(7)).filter(q => up(q) === up(id)), i = own.indexOf(id); if (i > 0) return arrange('move', id, { after: own[i - 2] ?? null }) },
 fr: i => { S.fr = +i; draw() }, show: k => { S.show[k] = !S.show[k]; draw() }, solo: k => { S.solo = k; draw() }, limit: () => { S.limit = !S.limit; draw() }, plate: k => { S.hidden[k] = !S.hidden[k]; draw() },
 upload: async () => { // 存好了，看着的页和表单一起换
  const q = S.up, alt = $('#alt').value.trim(); if (!alt) return $('#alt').focus();
  S.dlg = null; layer(); await take(await post(`/picture?${new URLSearchParams({ id: q.id, name: q.file.name, alt, medium: S.m })}`, q.file)); toast('已放上图片', '撤销', () => act('undo')) },
 mine: async () => { const q = S.clash; S.dlg = null; layer(); restore(); await send('/edit', { edits: q.edits.map(e => e.id === q.id ? { ...e, was: q.now } : e), label: S.entry?.name || '' }).catch(e => { if (e.status !== 409) throw e; S.clash = { ...q, now: e.now }; S.dlg = 'conflict'; layer(); restore(); throw e }); S.clash = null; close() }, theirs: async () => { await navigator.clipboard?.writeText(S.clash.mine).catch(() => 0); S.entry = await entry(S.clash.id); S.dlg = S.clash = null; layer() } };
let doing = 0; // 手上没有事、程序也没有事，页面才算停下来
const still = () => { document.body.dataset.busy = !!doing || !S.st?.settled };
const during = work => { doing++; still(); return work.catch(failed).finally(() => { doing--; still() }) };
const act = a => { const [k, ...v] = a.split(':'); return during((async () => ACT[k](...v))()) };

// 手
const round = v => Math.min(1, Math.max(0, Math.round(v * 100) / 100));
const fields = all => all.flatMap(f => [f, ...fields([...f.fields || [], ...f.rows || []])]);
function focusAt(f, x, y) { const id = `${f.dataset.focus}/focus`, v = [round(x), round(y)].map(String), have = fields(S.form.fields).find(q => q.id === id)?.rows || []; return have.length === 2 ? send('/edit', { label: '焦点', edits: have.map((r, i) => ({ id: r.id, text: v[i] })) }) : arrange('add', id, { value: v }, '焦点') }
async function field(e) { // 表单里一格改好了
 const text = e.isContentEditable ? unchip(e) : e.value, was = e.dataset.was; if (text === was) return;
 e.dataset.was = text;
 try { await send('/edit', { label: e.getAttribute('aria-label'), edits: [{ id: e.dataset.id, text, was }] }) } catch (x) { failed(x); if (x.status === 409) show() } }
function upload(id, file) { if (file) { S.up = { id, file, url: URL.createObjectURL(file), alt: '' }; S.dlg = 'alt'; layer() } } // 先问图上有什么
let asked = 0; async function find(q) { const n = ++asked; S.q = q; const hits = await get(`/search?q=${encodeURIComponent(q)}`); if (n === asked) { S.hits = hits; $('#hits').innerHTML = T('hits', { q, hits }) } }
const ON = {
 click: e => {
  const b = e.target.closest('[data-a]'), f = e.target.closest('[data-focus]'), r = f?.getBoundingClientRect();
  if (S.menu && !e.target.closest('.menu') && !b?.dataset.a.startsWith('menu:')) { S.menu = null; layer() }
  if (f) return during(focusAt(f, (e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height));
  if (e.target.matches('.skip')) { e.preventDefault(); $('#stage')?.focus() }
  if (!b || b.disabled) return;
  if (!$('#layer').contains(b) && /^(text|fact|entry)/.test(b.dataset.a)) S.opener = b.dataset.a;
  act(b.dataset.a) },
 change: e => { const t = e.target; if (t.id === 'ins' && t.value) { insert(chips(`{${t.value}}`, S.entry.owner)); t.value = '' } else if (t.dataset.file) upload(t.dataset.file, t.files[0]); else if (t.dataset.kwsel != null) act(`kw:${t.value}`); else if (t.dataset.id) during(field(t)) },
 focusout: e => { if (e.target.dataset?.id && e.target.isContentEditable) during(field(e.target)) },
 input: e => { if (e.target.id === 'rich') { $('#meter').innerHTML = meter(written(), S.entry); drafted() } else if (e.target.closest('#pop [data-k]')) drafted(); else if (e.target.id === 'q') during(find(e.target.value)) },
 dragover: e => e.preventDefault(), drop: e => { e.preventDefault(); const d = e.target.closest('[data-drop]'); if (d) upload(d.dataset.drop, e.dataTransfer.files[0]) },
 paste: e => { if (e.target.isContentEditable) { e.preventDefault(); document.execCommand('insertText', false, e.clipboardData.getData('text/plain')) } },
 pointermove: e => {
  const f = e.target.closest?.('[data-focus]'), b = f?.getBoundingClientRect(); if (f) crops(f.closest('.drop'), (e.clientX - b.left) / b.width, (e.clientY - b.top) / b.height); if (e.target.id === 'pp') { const r = e.target.getBoundingClientRect(); S.probe = [(e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height]; probe() } },
 keydown: e => {
  const t = e.target, c = e.ctrlKey || e.metaKey, k = e.key, arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[k], stop = a => { e.preventDefault(); return a && act(a) };
  if (k === 'Escape') { const m = S.menu; if (m) { act(`menu:${m}`); $(`[data-a="menu:${m}"]`)?.focus() } else if (S.dlg) act('nodlg'); else if (S.pop || S.sel || S.fig) close(); return }
  if (S.dlg === 'alt' && k === 'Enter' && t.id === 'alt') return stop('upload');
  if (S.dlg || S.menu) { const all = $$(S.dlg ? '.dlg :is(button,input,a)' : '.menu :is(button,a)'), d = k === 'Tab' ? e.shiftKey ? -1 : 1 : arrow?.[1] || 0; if (d && all.length) { stop(); all[(all.indexOf(t) + d + all.length) % all.length].focus() } return }
  if (c && /^(Enter|s)$/.test(k)) return stop('save');
  if (c && k === 'k') return stop('dlg:search');
  if (c && k.toLowerCase() === 'z' && !t.isContentEditable) return stop(e.shiftKey ? 'redo' : 'undo');
  if (t.id === 'rich') { if (c && /^[bl]$/.test(k)) stop(k === 'b' ? 'bold' : 'link'); else if (k === '{' && !S.code) { stop(); $('#ins').focus(); try { $('#ins').showPicker() } catch { /* 有的浏览器要先点一下 */ } } else if (k === 'Enter') { stop(); document.execCommand('insertText', false, '\n') } return }
  if (t.dataset.focus && arrow) { stop(); return during(focusAt(t, +t.dataset.x + arrow[0] * .02, +t.dataset.y + arrow[1] * .02)) }
  if (t.getAttribute('role') === 'radio' && arrow) { const all = $$('[role=radio]', t.parentNode), n = all[(all.indexOf(t) + arrow[0] + arrow[1] + all.length) % all.length]; n.focus(); return stop(n.dataset.a) }
  if (S.mode === 'press' && t.id === 'stage' && arrow) { stop(); S.probe = S.probe.map((v, i) => round(v + arrow[i] * .01)); return probe() }
  if (k === 'F6') { const all = $$('#app > .top,#app > .rail,#app > .left,#stage,#pop,#app > .right,.probs,#app > .foot').filter(x => x.offsetParent), n = all[(all.findIndex(x => x.contains(t)) + (e.shiftKey ? -1 : 1) + all.length) % all.length]; stop(); return (n.id === 'stage' ? n : $('button,input,a', n))?.focus() }
  if (k === 'F8') return stop(`prob:${(S.at8 + 1) % (S.st.faults.length || 1)}`);
  if (k === 'F3' && S.fig) return stop(`occ:${e.shiftKey ? 'prev' : 'next'}`);
  if (e.altKey && MODES[k - 1]) return stop(`mode:${MODES[k - 1][0]}`);
  if (e.altKey && S.mode === 'kw' && arrow?.[1]) return stop(`kwmove:${arrow[1]}`);
  if (c || e.altKey || t.isContentEditable || /INPUT|SELECT/.test(t.tagName)) return;
  const a = { PageUp: 'turn:-1', PageDown: 'turn:1', Home: `go:${S.m}:1`, End: `go:${S.m}:${pages().length}`, 0: 'zoom:fit', 1: 'zoom:1', 2: 'zoom:wide', '+': 'zoom:+', '-': 'zoom:-', p: 'pairs', n: S.mode === 'kw' && t !== document.body && 'addkw', '?': 'dlg:keys' }[k];
  if (a) stop(a) } };
for (const [name, on] of Object.entries(ON)) document.addEventListener(name, on);
addEventListener('resize', draw);

const live = new EventSource('/events');
live.addEventListener('state', e => { const back = S.lost; S.lost = false; if (back) next = null; during(take(JSON.parse(e.data))) });
live.addEventListener('make', e => { const q = S.making = JSON.parse(e.data); if (S.dlg === 'make') layer(); else if (q.files) toast(`已生成 ${q.files.length} 个文件`); else if (q.faults) toast(`没有生成：${q.faults[0]}`) });
live.addEventListener('trouble', e => { const { message } = JSON.parse(e.data); if (S.dlg === 'make') { S.making = { faults: [message] }; layer() } else toast(message) });
live.onerror = () => { S.lost = true; draw() };
