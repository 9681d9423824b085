// 台面：页、点得到的字与数、站处、小窗
import { $, $$, S, I, esc, two, UNIT, MEDIUM, pages, page, fact, phone, narrow, src, chips, printed, wide, btn, head, css, crop, shown } from './parts.js';

export function unit() {
 const st = $('.stage'), W = (st?.clientWidth ?? innerWidth - 600) - (phone() ? 24 : 64), H = (st?.clientHeight ?? 700) - (phone() ? 60 : 72), n = shown(), p = page(n[0]);
 const more = S.mode === 'design' ? 60 : 0, fit = phone() && S.mode !== 'design' ? W / p.w : Math.min((W - more) / (p.w * n.length), (H - more) / (p.h + more));
 return S.zoom === 'fit' ? fit : S.zoom === 'wide' ? Math.min(W / p.w, 1.45) : S.zoom * 96 / 72 }

const owner = id => (/^(?:keywords|facts)\/([^/.]+)/.exec(id) || [])[1] || '';
export const itemsOf = n => S.items[page(n).key]?.items || [];
const single = it => it.runs.length === 1 && it.text.replace(/计算值|推算|\s/g, '').length <= fact(it.runs[0].fact)?.printed.length + 1;
function hits(n) {
 return itemsOf(n).map((it, i) => {
  const on = S.sel && S.sel.no === n && S.sel.i === i && !S.fig, bad = S.st.faults.some(f => f.error && f.id && f.id === it.id), a = it.kind === 'text' ? `text:${n}:${i}` : it.kind === 'picture' ? `pic:${it.id}` : `chart:${it.id}`;
  let o = !it.id && it.kind === 'text' || single(it) ? '' : `<button class="hit ${it.kind} ${on ? 'on' : ''} ${bad ? 'err' : ''}" style="${css(it.rect)}" data-a="${a}" aria-label="${it.name}：${esc(it.text.slice(0, 40))}${bad ? '（有错误）' : ''}"><span class="tag">${it.name}${bad ? ' · 有错误' : ''}</span></button>`;
  return o + it.runs.filter(r => fact(r.fact)?.figure).map(r => `<button class="hit fact" style="${css(r.rect)}" data-a="fact:${r.fact}:${n}" aria-label="数字：${esc(fact(r.fact).printed)}，${esc(fact(r.fact).label)}"><span class="tag">数字 · ${esc(r.fact.split('.')[1])}</span></button>`).join('') }).join('') }
function marks(n) {
 let o = '';
 if (S.fig) {
  S.fig.places.forEach((q, j) => { if (q.medium === S.m && q.no === n && q.rect) o += `<button class="occ ${S.fig.at === j ? 'main' : ''}" style="${css(q.rect)}" data-a="occ:${j}" aria-label="第 ${j + 1} 处：${q.how}"><b>${j + 1}</b></button>` });
  const calc = S.fig.derived.map(d => d.ref);
  itemsOf(n).forEach(it => it.runs.filter(r => calc.includes(r.fact)).forEach(r => o += `<span class="occ calc" style="${css(r.rect)}"><b>算</b></span>`)) }
 if (S.pop === 'text' && S.sel?.no === n) { const it = itemsOf(n)[S.sel.i], r = it?.room; if (r) o += `<div class="room" style="${css([r.rect[0], r.rect[1], r.rect[2], Math.max(r.rect[3], it.rect[3])])}"><b>${r.lines > r.used ? `还空 ${r.lines - r.used} 行` : '已排满'}</b></div>` }
 return o }
export function sheet(n, over = '') {
 const p = page(n), key = S.drafted?.[n - 1] || p.key;
 return `<div class="page" style="--w:${p.w};--h:${p.h}" role="group" aria-label="第 ${n} ${UNIT[S.m]}：${esc(p.title)}"><img data-no="${n}" src="${src(key, p.w * S.u)}" alt="" decoding="sync">${over || (S.mode === 'edit' ? hits(n) + marks(n) : '')}<span class="plab">${S.m === 'deck' ? `第 ${n} 张` : n}　${esc(p.title.replace(/（\d+）$/, ''))}</span></div>` }
export const stage = () => `<div class="stage" id="stage" tabindex="0" data-keep="stage-${S.mode}-${S.m}-${S.page}" aria-label="页面，Tab 走过文字与数字，回车修改"><div class="pad" style="--u:${S.u = unit()}px"><div class="spread">${shown().map(n => sheet(n)).join('')}</div></div></div>`;

export function banner() {
 if (S.lost) return `<div class="banner a" role="alert">${I('warn')}<span>程序停了或网络断了。页面还在，没存的字也还在，连上后再存。</span></div>`;
 const bad = S.st.faults.filter(f => f.error); if (!bad.length) return '';
 const line = /:(\d+):\d+$/.exec(bad[0].place);
 return `<div class="banner" role="alert">${I('err')}<span><b>这是上一次没有错误的页面。</b>${line ? `第 ${line[1]} 行` : ''}有 ${bad.length} 处错误：${esc(bad[0].message)}。改好后自动更新。</span><span class="grow"></span><button class="tb" data-a="prob:0">看错误 <kbd class="hide-s">F8</kbd></button></div>` }

export function thumbs(strip) {
 const all = pages(), count = ns => S.fig ? S.fig.places.filter(q => q.medium === S.m && ns.includes(q.no)).length : 0;
 const one = ns => { const c = count(ns), bad = S.st.faults.some(f => f.error && f.medium === S.m && ns.includes(f.no)), deck = S.m === 'deck';
  return `<button class="th ${deck ? 'slide' : ''}" data-a="go:${S.m}:${ns[0]}" ${ns.includes(S.page) ? 'aria-current="true"' : ''} aria-label="第 ${ns.join('、')} ${UNIT[S.m]}：${esc(page(ns[0]).title)}${c ? `，这个数字有 ${c} 处` : ''}${bad ? '，有错误' : ''}">${deck && !strip ? `<span class="lab num">${ns[0]}</span>` : ''}${ns.map(n => `<span class="tp" style="aspect-ratio:${page(n).w}/${page(n).h}"><img src="${src(page(n).key, deck ? 190 : 100)}" alt="" loading="lazy">${n === ns.at(-1) ? bad ? '<span class="bdg e">!</span>' : c ? `<span class="bdg">${c}</span>` : '' : ''}</span>`).join('')}${deck && !strip ? '' : `<span class="lab num">${ns.join('–')}</span>`}</button>` };
 if (strip) return all.map(p => one([p.no])).join('');
 let o = '', sect = null;
 for (let n = 1; n <= all.length;) { const ns = S.m === 'deck' || n === 1 || n === all.length ? [n] : [n, n + 1], name = page(n).section || (n === 1 ? '封面' : sect && page(n - 1).section ? '　' : sect); if (name && name !== sect) o += `<div class="sect">${esc(name)}</div>`; sect = name; o += one(ns); n += ns.length }
 return o }
export const left = () => `<aside class="left dark" aria-label="缩略图"><div class="ph"><h2>${S.m === 'deck' ? '幻灯片' : '页面'}</h2></div><div class="scroll" data-keep="thumbs-${S.m}">${thumbs()}</div></aside>`;

export function inspect() {
 if (S.fig) return figure();
 if (S.sel && S.entry) return text();
 const o = shown().map(n => { const g = {}; itemsOf(n).forEach((it, i) => { if (it.id && it.kind !== 'chart' || it.runs.length) (g[owner(it.id) || owner('facts/' + (it.runs[0]?.fact ?? ''))] ??= []).push([it, i]) });
  return Object.entries(g).map(([k, a]) => `<div class="box"><h3>${esc(k || page(n).title)}<span class="grow"></span><span class="mute">第 ${n} ${UNIT[S.m]}</span></h3>${a.map(([it, i]) => `<button class="li" data-a="${it.kind === 'picture' ? `pic:${it.id}` : !it.id || single(it) ? `fact:${it.runs[0].fact}:${n}` : `text:${n}:${i}`}"><span class="k clip">${it.name || '数字'}</span><span class="clip">${esc(it.text || '图片')}</span>${it.runs.length ? `<span class="tagc b num">${I('brace', 's')}${it.runs.length}</span>` : '<span></span>'}</button>`).join('')}</div>`).join('') }).join('');
 return head('本页内容', btn('panel', 'x', '收起')) + `<div class="scroll" data-keep="right"><div class="box hint">点页面上的文字或数字，就在原处修改。也可以在这张单子里选。</div>${o}</div>` }
const place = (q, j, a) => { const p = pages(q.medium)[q.no - 1]; return `<button class="place" data-a="${a}" ${S.fig?.at === j && j >= 0 ? 'aria-current="true"' : ''}>${j >= 0 ? `<span class="thn">${j + 1}</span>` : ''}${crop(q.key, p, q.rect)}<span class="clip"><b>第 ${q.no} ${UNIT[q.medium]}</b>　${q.how ?? ''}<br><span class="mute">${esc(q.title)}</span></span></button>` };
function figure() {
 const f = S.fig, part = m => f.places.map((q, j) => q.medium === m ? place(q, j, `occ:${j}`) : '').join('');
 return head(`这个数字站在 ${f.places.length} 处`, btn('occ:prev', 'up', '上一处（Shift+F3）') + btn('occ:next', 'dn', '下一处（F3）') + btn('close', 'x', '关闭')) + `<div class="scroll" data-keep="fig">${['brochure', 'deck'].map(m => `<div class="box"><h3>${MEDIUM[m]} <span class="mute">${f.places.filter(q => q.medium === m).length} 处${m === 'deck' ? '，含讲稿；图表的工作簿随图一起改' : ''}</span></h3>${part(m)}</div>`).join('')}${f.derived.length ? `<div class="box"><h3>由它算出</h3>${f.derived.map(d => `<div class="row calc"><span class="tagc v">算</span><span><b>${esc(fact(d.ref)?.printed)}</b>　${esc(fact(d.ref)?.label)}<br><span class="mute num">${esc(d.formula)}</span></span></div>`).join('')}</div>` : ''}<div class="box hint">改一处，以上各处和算出的数一起变。</div></div>` }
function text() {
 const e = S.entry, refs = [...new Set([...(e.text || '').matchAll(/\{([^{}]+)\}/g)].map(q => q[1].split(':')[0].trim()))];
 return head(`${e.name}${e.owner ? ` · ${esc(e.owner)}` : ''}`, btn('close', 'x', '关闭')) + `<div class="scroll" data-keep="text"><div class="box"><h3>站在这里</h3>${(e.places || []).map(q => place(q, -1, `go:${q.medium}:${q.no}`)).join('') || '<p class="hint">只在这一处。</p>'}${/\/body$/.test(e.id) ? '<p class="hint">幻灯片用的是“短正文”，写了就另有一段。</p>' : ''}</div>${refs.length ? `<div class="box"><h3>文中引用</h3>${refs.map(n => { const f = fact(n, e.owner), id = S.st.facts[`${e.owner}.${n}`] ? `${e.owner}.${n}` : n; return f ? `<button class="li" data-a="fact:${id}:${S.page}"><b class="clip">${esc(n)}</b><span class="mute clip">${esc(f.printed)}</span>${I('right', 's')}</button>` : `<div class="li"><b>${esc(n)}</b><span></span><span class="tagc r">没有</span></div>` }).join('')}</div>` : ''}</div>` }

// 小窗
const foot = (more, off) => `<div class="ft_">${more}<span class="grow"></span><button class="btn" data-a="close">取消 <kbd class="hide-s">Esc</kbd></button><button class="btn pri" data-a="save" ${off ? 'disabled' : ''}>保存 <kbd class="hide-s">Ctrl ↵</kbd></button></div>`;
const title = e => `<div class="hd"><h2 id="pt">${esc(e.name)}</h2><span class="mute clip">${esc(e.owner || '')}</span><span class="grow"></span><span class="mono mute">第 ${e.line} 行</span>${btn('close', 'x', '关闭（Esc）')}</div>`;
const roomOf = () => { const it = S.sel && itemsOf(S.sel.no)[S.sel.i]; return it?.room };
export function meter(text, e) {
 const r = roomOf(), out = printed(text, e.owner), n = [...out].length, max = { headline: 40, brief: 55, body: 160, timeline: 16 }[e.id.split('/').pop()];
 if (!r && !max) return `<div class="t"><span>${n} 字</span></div>`;
 const cap = r ? Math.floor(r.wide * r.lines) : max, lines = r ? Math.max(1, Math.ceil(wide(out) / r.wide - .08)) : 0, over = r ? lines > r.lines : n > max;
 return `<div class="b ${over ? 'over' : ''}"><i style="width:${Math.min(100, n / cap * 100)}%"></i></div><div class="t"><span>${n} 字${r ? `，${lines} 行` : ''}</span><span>${over ? `多出 ${n - cap} 字` : r ? `放得下 ${r.lines} 行，约 ${cap} 字` : `至多 ${max} 字`}</span></div>` }
export const factOptions = own => Object.entries(S.st.facts).sort(([a], [b]) => b.startsWith(own + '.') - a.startsWith(own + '.')).map(([id, f]) => { const name = id.startsWith(own + '.') ? id.slice(own.length + 1) : id; return `<option value="${esc(name)}">${esc(name)}　${esc(f.printed)}</option>` }).join('');
export function popText() {
 const e = S.entry, bad = S.st.faults.find(f => f.error && f.id === e.id), fix = bad && /是否要写“(.+?)”|是不是要写 \{(.+?)\}/.exec(bad.hint), wrong = bad && /“(.+?)”/.exec(bad.message);
 return `<div class="pop" id="pop" role="dialog" aria-labelledby="pt">${title(e)}<div class="body"><div class="tools" role="toolbar" aria-label="插入"><label class="btn ghost">${I('brace', 's')}<select id="ins" aria-label="引用数字"><option value="">引用数字</option>${factOptions(e.owner)}</select></label><button class="btn ghost" data-a="bold" aria-label="重点" title="重点 Ctrl+B">${I('bold', 's')}</button><button class="btn ghost" data-a="link" aria-label="链接" title="链接 Ctrl+L">${I('link', 's')}</button><span class="grow"></span><button class="btn ghost" data-a="code" aria-pressed="${!!S.code}">${I('code', 's')}原文</button></div><div class="rich" id="rich" role="textbox" aria-multiline="true" aria-label="${e.name}的原文" ${bad ? 'aria-invalid="true" aria-describedby="er"' : ''} contenteditable="true" spellcheck="false">${S.code ? esc(e.text) : chips(e.text, e.owner)}</div><div class="meter" id="meter" aria-live="polite">${meter(e.text, e)}</div><div id="er">${bad ? fault(`${bad.message}。`, bad.hint, fix && wrong ? `<button class="btn pri" data-a="fix:${esc(wrong[1])}:${esc(fix[1] || fix[2])}">改为 {${esc(fix[1] || fix[2])}}</button>` : '') : ''}</div></div>${foot(btn('undo', 'undo', '撤销') + btn('redo', 'redo', '重做'))}</div>` }
export const fault = (said, hint, acts = '') => `<div class="msg" role="alert">${I('err')}<div><b>${esc(said)}</b><br>${esc(hint)}</div>${acts ? `<div class="acts">${acts}</div>` : ''}</div>`;
const seg = (name, all, now, a) => `<span class="seg lt" role="radiogroup" aria-label="${name}">${all.map(([v, t]) => `<button role="radio" aria-checked="${now === v}" tabindex="${now === v ? 0 : -1}" data-a="${a}:${v}">${t}</button>`).join('')}</span>`;
export function popFact() {
 const e = S.fig, v = e.fields, f = fact(e.ref), calc = f?.derived, lock = e.from_cell ? 'readonly' : '', val = v.value ?? v.text;
 const field = (k, n, more = '') => `<label class="f"><span>${n}</span><input class="in num" data-k="${k}" value="${esc(v[k] ?? '')}" ${more}></label>`;
 return `<div class="pop narrow" id="pop" role="dialog" aria-labelledby="pt">${title(e)}<div class="body"><div class="big">${esc(f?.printed ?? val)}${calc ? '<span class="tagc v">计算值</span>' : ''}${v.status ? `<span class="tagc a">${esc(v.status)}</span>` : ''}</div>${calc ? `<div class="msg b">${I('info')}<div>由别的数算出，不能直接改：<br><b class="num">${esc(e.formula)}</b></div></div>` : v.value != null || e.from_cell ? `<div class="g3">${field('value', '数值', `inputmode="decimal" ${lock}`)}${field('unit', '单位')}<div class="f"><span>限定</span>${seg('限定', [['', '无'], ['超', '超'], ['约', '约'], ['近', '近']], v.approx ?? '', 'approx')}</div></div>` : v.text != null ? field('text', '文字，照录') : ''}${e.from_cell ? '<p class="hint">数值随表格走；要在这里改，先改回“手写”。</p>' : ''}${field('label', '名目：数的是什么')}${calc ? '' : `<div class="g2">${field('from', '来源')}${field('status', '状态')}</div>`}<div id="er"></div></div>${foot(`<button class="btn only-s" data-a="places">看 ${e.places.length} 处</button><span class="mute clip hide-s">${e.places.length} 处一起变${e.derived.length ? `，另有 ${e.derived.length} 个算出的数` : ''}</span>`)}</div>` }

export function placePop() { // 不盖住正在改的：先放下面，再旁边，再上面
 const p = $('#pop'); if (!p || phone()) return;
 const a = $('.occ.main') || $('.hit.on') || $('.occ'), st = $('.stage')?.getBoundingClientRect(); if (!st) return;
 const r = a?.getBoundingClientRect() ?? { left: st.left + 40, right: st.left + 80, top: st.top + 20, bottom: st.top + 40 }, low = S.pop === 'text' && $('.room b')?.getBoundingClientRect().bottom || r.bottom, W = p.offsetWidth, H = p.offsetHeight;
 const cx = x => Math.min(Math.max(x, st.left + 12), st.right - W - 14), cy = y => Math.min(Math.max(y, st.top + 10), st.bottom - H - 10), all = $$('.occ,.hit.on').map(e => e.getBoundingClientRect());
 const spots = [[cx(r.left), low + 13], [r.right + 20, cy(r.top - 60)], [r.left - W - 20, cy(r.top - 60)], [cx(r.left), r.top - H - 34]];
 const cost = ([x, y]) => (y + H > st.bottom ? 300 + y + H - st.bottom : 0) + (y < st.top ? 300 + st.top - y : 0) + (x < st.left || x + W > st.right ? 400 : 0) + all.filter(m => m.left < x + W + 6 && m.right > x - 6 && m.top < y + H + 6 && m.bottom > y - 6).length * 90;
 const [x, y] = spots.map((c, i) => [cost(c) + i, c]).sort((m, n) => m[0] - n[0])[0][1];
 p.style.left = Math.max(4, x) + 'px'; p.style.top = Math.max(52, Math.min(y, innerHeight - H - 8)) + 'px' }
