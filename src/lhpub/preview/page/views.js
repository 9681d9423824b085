// 由状态画出各处；字样都在 index.html 的样板里
import { $, $$, S, T, UNIT, MEDIUM, icon, esc, pages, page, fact, errors, shown, phone, src, chips, printed, refs } from './parts.js';

const two = n => String(n).padStart(2, '0'), css = ([x, y, w, h]) => `--x:${x};--y:${y};--bw:${w};--bh:${h}`;
const bare = t => t.replace(/（\d+）$/, ''), same = m => ({ m, unit: UNIT[m], slide: m === 'deck' });
export const list = () => S.st.faults.map((f, i) => ({ ...f, i: `${i}` })).filter(f => !S.filter || f.severity === S.filter);
export const itemsOf = n => S.items[page(n)?.key]?.items || [];
const selected = () => { const { no, i, id } = S.sel || {}, all = itemsOf(no); return all[i]?.id === id ? all[i] : all.find(it => it.id === id) }; // 换页后次序会变
export const MODES = [['edit', 'page', '页面'], ['kw', 'kw', '关键词'], ['design', 'frame', '设计'], ['press', 'ink', '印前']];

// 框架
export function top() {
 const [status, i, said] = S.lost ? ['bad', 'err', '与程序断开，正在重连'] : S.sent ? ['busy', 'spin', '正在换页…'] : errors().length ? ['bad', 'err', '有错误，未更新'] : ['', 'check', `已保存 ${S.saved || ''}`];
 return T('top', { file: S.st.source.split('/').pop(), media: ['brochure', 'deck'].map(m => ({ m, name: MEDIUM[m], on: String(S.m === m) })), look: S.st.layouts.find(l => l.name === S.st.layout)?.title, status, said, icon: icon(i, i === 'spin' ? 's spin' : 's'), undo: S.st.undo && `：${S.st.undo}`, redo: S.st.redo && `：${S.st.redo}` }) }
export const jobs = name => T(name, { jobs: T('jobs', { modes: MODES.map(([m, i, name]) => ({ m, name, icon: icon(i), on: S.mode === m, bad: m === 'edit' && errors().length })) }) });
export const foot = () => T('foot', { probs: String(!!S.probs), bad: errors().length, warn: S.st.faults.length - errors().length, unit: UNIT[S.m], nos: shown().join('–'), all: pages().length, book: S.m === 'brochure' && S.mode === 'edit', pairs: String(S.pairs), ms: S.ms && `上次换页 ${S.ms} 秒`, ground: S.surr === 'dark' ? '深灰底' : '中灰底', zoom: Math.round(S.u * 75), fit: String(S.zoom === 'fit'), right: String(S.right) });
export const banner = () => T('banner', { lost: S.lost, bad: errors().length, line: /:(\d+):\d+$/.exec(errors()[0]?.place)?.[1], message: errors()[0]?.message });

// 页
export function unit() {
 const st = $('.stage'), W = (st?.clientWidth ?? innerWidth * (phone() ? 1 : .55)) - (phone() ? 24 : 64), H = (st?.clientHeight ?? innerHeight * .8) - 72, n = shown(), p = page(n[0]), more = S.mode === 'design' && !phone() ? 60 : 0;
 const fit = phone() && S.mode !== 'design' ? W / p.w : Math.min((W - more) / (p.w * n.length), (H - more) / (p.h + more));
 const own = S.zoom === 'hit' && selected()?.room?.rect;
 return own ? Math.min(W / (own[2] + 28), 2.4) : S.zoom === 'fit' || S.zoom === 'hit' ? fit : S.zoom === 'wide' ? Math.min(W / p.w, 1.45) : S.zoom * 4 / 3 }
const isFigure = it => it.runs.length === 1 && it.text.replace(/计算值|推算|\s/g, '').length <= fact(it.runs[0].fact)?.printed.length + 1;
const aim = (it, n, i) => it.kind === 'picture' ? `pic:${it.id}` : it.kind === 'chart' ? `chart:${it.id}` : !it.id || isFigure(it) ? `fact:${it.runs[0]?.fact}:${n}` : `text:${n}:${i}`;
const hits = n => itemsOf(n).map((it, i) => T('hit', {
 no: n, kind: it.kind, text: it.kind !== 'text' || it.id && !isFigure(it), css: css(it.rect), a: aim(it, n, i), name: it.name, said: it.text.slice(0, 40), on: S.sel?.no === n && it === selected() && !S.fig, bad: errors().some(f => f.id && f.id === it.id),
 facts: it.runs.filter(r => fact(r.fact)?.figure).map(r => ({ ref: r.fact, css: css(r.rect), short: r.fact.split('.')[1], ...fact(r.fact) })) })).join('');
function marks(n) {
 let o = '';
 if (S.fig) {
  S.fig.places.forEach((q, j) => { if (q.medium === S.m && q.no === n && q.rect) o += T('occ', { j, n: j + 1, how: q.how, on: S.fig.at === j, css: css(q.rect) }) });
  for (const it of itemsOf(n)) for (const r of it.runs) if (S.fig.derived.some(d => d.ref === r.fact)) o += T('calc', { css: css(r.rect) }) }
 const it = S.pop === 'text' && S.sel?.no === n && selected(), r = it?.room;
 return r ? o + T('room', { css: css([r.rect[0], r.rect[1], r.rect[2], Math.max(r.rect[3], it.rect[3])]), free: r.lines - r.used }) : o }
const sheet = (n, over) => { const p = page(n); return T('page', { ...p, no: n, unit: UNIT[S.m], title: bare(p.title), src: src(S.drafted?.[n - 1] || p.key, p.w * S.u), over }) };
export function stage() {
 if (!pages().length) return T('nothing', S.st);
 S.u = unit();
 const drawn = shown().map(n => sheet(n, S.mode === 'design' ? overlay() : hits(n) + marks(n))).join('');
 return (S.mode === 'design' ? bar() : '') + T('stage', { keep: `stage-${S.mode}-${S.m}-${S.page}`, u: S.u, pages: drawn }) }
export function thumbs(single) {
 const all = pages(), deck = S.m === 'deck', parts = [];
 for (let n = 1, before = null; n <= all.length;) {
  const ns = single || deck || n === 1 || n === all.length ? [n] : [n, n + 1], sect = page(n).section;
  const count = S.fig?.places.filter(q => q.medium === S.m && ns.includes(q.no)).length, bad = errors().some(f => f.medium === S.m && ns.includes(f.no));
  parts.push({ sect: !single && sect !== before && sect, thumb: T('thumb', { ...same(S.m), slide: deck && !single, no: n, nos: ns.join('–'), on: ns.includes(S.page), title: page(n).title, count, bad, pages: ns.map(k => ({ ...page(k), src: src(page(k).key, deck ? 190 : 100), last: k === ns.at(-1) })) }) });
  before = sect; n += ns.length }
 return T('thumbs', { parts }) }
export const left = () => T('left', { m: S.m, title: S.m === 'deck' ? '幻灯片' : '页面', thumbs: thumbs() });

// 检视
const ownerOf = it => /^(?:keywords|facts)\/([^/.]+)/.exec(it.id || `facts/${it.runs[0]?.fact}`)?.[1];
function crop(q) {
 if (!q.rect) return T('spoken');
 const p = pages(q.medium)[q.no - 1], [x, y, w, h] = q.rect, k = Math.max(Math.min(90 / w, 26 / h, 1.4), .12), at = (c, span, all) => Math.min(Math.max(0, c * k - span / 2), Math.max(0, all * k - span)), l = at(x + w / 2, 104, p.w), t = at(y + h / 2, 38, p.h);
 return T('crop', { src: src(q.key, 800), bw: p.w * k, bh: p.h * k, bx: -l, by: -t, x: x * k - l - 2, y: y * k - t - 2, w: w * k + 4, h: h * k + 4 }) }
const place = (q, a, n) => T('place', { ...q, title: bare(q.title), a, n, unit: UNIT[q.medium], on: n && S.fig.at === n - 1, crop: crop(q) });
export function inspect() {
 const close = T('close');
 if (S.fig) { const f = S.fig, media = ['brochure', 'deck'].map(m => ({ name: MEDIUM[m], deck: m === 'deck', count: f.places.filter(q => q.medium === m).length, places: f.places.map((q, j) => q.medium === m ? place(q, `occ:${j}`, j + 1) : '').join('') })); return T('figure', { count: f.places.length, close, media, calc: f.derived.length, rows: f.derived.map(d => T('derived', { ...d, ...fact(d.ref) })).join('') }) }
 if (S.entry) { const e = S.entry, names = refs(e.text); return T('text', { ...e, close, body: /\/body$/.test(e.id), places: (e.places || []).map(q => place(q, `go:${q.medium}:${q.no}`)).join(''), some: names.length, refs: names.map(n => ({ n, known: fact(n, e.owner), ref: S.st.facts[`${e.owner}.${n}`] ? `${e.owner}.${n}` : n, printed: fact(n, e.owner)?.printed })) }) }
 return T('inspect', { groups: shown().flatMap(n => { const by = {}; itemsOf(n).forEach((it, i) => { if (it.kind !== 'chart' && (it.id || it.runs.length)) (by[ownerOf(it) || bare(page(n).title)] ??= []).push({ a: aim(it, n, i), name: it.name || '数字', text: it.text || '图片', refs: it.runs.length }) }); return Object.entries(by).map(([title, rows]) => ({ title, no: n, unit: UNIT[S.m], rows })) }) }) }

// 小窗
const wide = t => [...t].reduce((a, c) => a + (c.charCodeAt(0) < 128 ? .56 : 1), 0);
export function meter(text, e) {
 const r = e === S.entry && selected()?.room, out = printed(text, e.owner), n = [...out].length, cap = r ? Math.floor(r.wide * r.lines) : MOST[e.id.split('/').pop()], lines = r ? Math.max(1, Math.ceil(wide(out) / r.wide - .08)) : 0;
 return T('meter', { n, cap, lines, fits: r?.lines, over: (r ? lines > r.lines : n > cap) && Math.max(1, n - cap), share: Math.min(100, n / cap * 100) }) }
export const fault = (said, hint, more) => T('fault', { said, hint, ...more });
export function pop() {
 const e = S.pop === 'text' ? S.entry : S.fig; if (!S.pop) return '';
 const head = T('poptop', { ...e, close: T('close') });
 if (S.pop === 'text') {
  const bad = errors().find(f => f.id === e.id), right = /“(.+?)”/.exec(bad?.hint)?.[1], wrong = /没有叫“(.+?)”/.exec(bad?.message)?.[1], own = `${e.owner}.`;
  const facts = Object.entries(S.st.facts).sort(([a], [b]) => b.startsWith(own) - a.startsWith(own)).map(([id, f]) => ({ ...f, name: id.startsWith(own) ? id.slice(own.length) : id }));
  return T('poptext', { ...e, top: head, bad, facts, chips: chips(e.text, e.owner), meter: meter(e.text, e), fault: bad && fault(bad.message, bad.hint, right && wrong && { right, wrong, brace: esc(`{${right}}`) }), save: T('save') }) }
 const v = e.fields, f = fact(e.ref), calc = f?.derived;
 return T('popfact', { ...e, ...v, value: e.from_cell ? f?.printed : v.value, top: head, printed: f?.printed ?? v.value ?? v.text, calc, isfigure: v.text == null, bounds: [['', '无'], ['超', '超'], ['约', '约'], ['近', '近']].map(([w, t]) => ({ v: w, t, on: String((v.approx ?? '') === w) })), count: e.places.length, also: e.derived.length, save: T('save', { calc }) }) }
export function placePop() { // 不盖住正在改的：先放下面，再旁边，再上面
 const p = $('#pop'), st = $('.stage')?.getBoundingClientRect(); if (!p || !st || phone()) return;
 const r = ($('.occ.main') || $('.hit.on') || $('.occ'))?.getBoundingClientRect() ?? { left: st.left + 40, right: st.left + 80, top: st.top + 20, bottom: st.top + 40 }, low = S.pop === 'text' && $('.room b')?.getBoundingClientRect().bottom || r.bottom, W = p.offsetWidth;
 p.style.setProperty('--most', `${Math.max(260, Math.min(st.height - 20, Math.max(st.bottom - low - 24, st.height * .55)))}px`);
 const H = p.offsetHeight;
 const cx = x => Math.min(Math.max(x, st.left + 12), st.right - W - 14), cy = y => Math.min(Math.max(y, st.top + 10), st.bottom - H - 10), all = $$('.occ,.hit.on').map(e => e.getBoundingClientRect());
 const cost = ([x, y]) => (y + H > st.bottom ? 300 + y + H - st.bottom : 0) + (y < st.top ? 300 + st.top - y : 0) + (x < st.left || x + W > st.right ? 400 : 0) + 90 * all.filter(m => m.left < x + W + 6 && m.right > x - 6 && m.top < y + H + 6 && m.bottom > y - 6).length;
 const [, [x, y]] = [[cx(r.left), low + 13], [r.right + 20, cy(r.top - 60)], [r.left - W - 20, cy(r.top - 60)], [cx(r.left), r.top - H - 34]].map((c, i) => [cost(c) + i, c]).sort((a, b) => a[0] - b[0])[0];
 p.style.left = `${Math.max(4, Math.min(x, innerWidth - W - 4))}px`; p.style.top = `${Math.max(52, Math.min(y, st.bottom - H - 8))}px` }

// 表单：有什么键、写长写短、从哪里选，都由程序声明的键而来
const owner = () => /^(?:keywords|facts)\/([^/.]+)/.exec(S.kw)?.[1] || '', kws = () => S.st.keywords.map(k => ({ ...k, no: two(k.number), on: k.id === S.kw })), parts = () => S.st.parts.map(q => ({ ...q, on: q.id === S.kw }));
const MOST = { headline: 40, brief: 55, body: 160, timeline: 16 };
export const kwList = () => T('kwlist', { count: S.st.keywords.length, themes: [...S.st.themes, { id: '', title: '没有主题的' }].map(t => ({ ...t, own: kws().filter(k => k.theme === t.id) })).filter(t => t.own.length), parts: [...new Set(S.st.parts.map(q => q.group))].map(group => ({ group, own: parts().filter(q => q.group === group) })) });
function choices(f) {
 if (f.choices?.length) return f.choices.map(c => [c, { true: '是', false: '否' }[c] || c || '无']);
 if (f.of === 'theme' || f.of === 'keyword') return [['', '没有'], ...S.st[`${f.of}s`].map(t => [t.name ?? t.id, t.title])];
 const own = `${owner()}.`, has = f.of === 'fact' && Object.entries(S.st.facts).filter(([id, q]) => q.figure && (f.key !== 'hero' || id.startsWith(own) && !q.derived)).map(([id, q]) => [id.startsWith(own) ? id.slice(own.length) : id, `${id.startsWith(own) ? id.slice(own.length) : id}　${q.printed}`]);
 return has && [['', '没有'], ...has] }
function input(f, said = f.name, lock = false) {
 const text = f.text ?? '', all = !lock && choices(f), options = all && (all.some(([v]) => v === text) ? all : [[text, text], ...all]);
 return T(options ? 'choice' : 'input', { id: f.id, text, said, lock, options: options && options.map(([v, t]) => ({ v, t, on: v === text })) }) }
const rich = (f, said) => T('rich', { id: f.id, text: f.text ?? '', said, chips: chips(f.text ?? '', owner()) }), acts = item => T('acts', { item }), isPicture = f => /^(picture|logo)$/.test(f.key);
const wrong = f => { const e = S.st.faults.find(q => q.error && q.id === f.id); return e ? fault(e.message, e.hint) : '' };
function field(f) {
 if (f.kind === 'text') return f.prose ? T('long', { ...f, wrong: wrong(f), rich: rich(f, f.name), meter: f.text && meter(f.text, { id: f.id, owner: owner() }) }) : T('short', { ...f, wrong: wrong(f), input: input(f) });
 if (f.key === 'facts') return facts(f);
 if (isPicture(f)) return picture(f);
 if (f.key === 'pictures') return f.rows.map(picture).join('') + picture({ id: `${f.id}/`, fields: [] });
 if (f.kind === 'parts') return T('parts', { ...f, fields: f.fields.map(field).join(''), acts: f.written ? acts(f.id) : '' });
 return T('rows', { ...f, named: f.kind === 'dict', more: !f.whole || !f.rows.length, list: f.rows.map(r => ({ label: r.label || f.kind === 'dict' && r.name, wide: r.kind !== 'text', field: r.kind !== 'text' ? (r.fields || r.rows).map(field).join('') : r.prose || f.prose || f.key === 'points' ? rich(r, r.label || f.name) : input(r, r.label || f.name), acts: f.whole ? '' : acts(r.item || r.id) })) }) }
function facts(f) {
 return T('facts', { id: f.id, list: f.rows.map(r => { const ref = r.id.slice(6), q = S.st.facts[ref], part = k => r.fields.find(x => x.key === k), v = part('value'), t = v.text == null && part('text').text != null ? part('text') : v, calc = q?.derived, whole = calc || v.kind !== 'text' || part('list').rows.length;
  return { name: r.name, item: r.id, ref, calc, wrong: [r, ...r.fields].map(wrong).join(''), label: input(part('label'), `${r.name}的名目`), value: whole ? input({ id: '', text: q?.printed }, `${r.name}的数值`, true) : input(t, `${r.name}的数值`), unit: input(part('unit'), `${r.name}的单位`, calc), from: input(part('from'), `${r.name}的来源`) } }) }) }
function picture(f) {
 const q = k => f.fields.find(x => x.key === k), file = q('file')?.text, at = (q('focus')?.rows || []).map(r => +r.text), [x, y] = at.length === 2 ? at : [.5, .5];
 const crops = (S.form.crops || []).filter(c => c.id === f.id).map(c => ({ ...c, where: `${MEDIUM[c.medium]}第 ${c.no} ${UNIT[c.medium]}`, cw: Math.min(150, 110 * c.w / c.h), r: c.w / c.h }));
 return T('picture', { id: f.id, file, x, y, crops, px: Math.round(x * 100), py: Math.round(y * 100), src: `/picture?id=${encodeURIComponent(f.id)}&of=${encodeURIComponent(file)}`, fields: f.fields.filter(k => !/file|focus/.test(k.key)).map(field).join(''), acts: acts(f.id) }) }
export function crops(box, x, y) { // 焦点在正中，到边为止：同编排时一样
 const [iw, ih] = [box.querySelector('.focus img').naturalWidth, box.querySelector('.focus img').naturalHeight];
 for (const e of $$('.cropped', box)) { const s = Math.max(e.clientWidth / iw, e.clientHeight / ih), at = (f, all, span) => Math.min(Math.max(0, f * all * s - span / 2), all * s - span), i = e.firstChild; i.style.width = `${iw * s}px`; i.style.left = `${-at(x, iw, e.clientWidth)}px`; i.style.top = `${-at(y, ih, e.clientHeight)}px` } }
const brief = f => f.rows ? f.rows.length && `${f.rows.length} 条` : !f.text ? f.written && f.fields && '有' : f.prose ? `${f.name} ${[...printed(f.text, owner())].length} 字` : (choices(f) || []).find(([v]) => v === f.text)?.[1] || f.text;
export function kwMain() {
 const k = kws().find(q => q.on) || parts().find(q => q.on) || { title: S.kw?.split('.').pop(), back: owner() && `keywords/${owner()}` }; if (!S.kw) return T('nothing');
 const all = S.form?.id === S.kw ? S.form.fields : [], both = all.some(f => f.key === 'pictures' && f.written), seen = all.filter(f => f.key !== (both ? 'picture' : 'pictures')), text = seen.filter(f => f.kind === 'text');
 const groups = [['基本', text.filter(f => !f.prose)], ['文字', text.filter(f => f.prose)], ...seen.filter(f => f.kind !== 'text').map(f => [f.name, [f]])].filter(g => g[1].length).map(([name, own]) => { const open = !!(S.acc[name] ?? !k.number); return { name, open: String(open), chev: icon(open ? 'chev' : 'right', 's'), sum: own.map(brief).filter(Boolean).join(' · ') || '没有', fields: open && own.map(field).join('') } });
 const name = k.name || k.id?.startsWith('charts') && all.find(f => f.key === 'keyword')?.text || owner();
 return T('kwmain', { ...k, banner: banner(), all: [...kws(), ...parts()], item: S.kw !== 'publication' && !k.back, line: S.form?.line, groups, seen: ['brochure', 'deck'].flatMap(m => { const its = [pages(m).find(q => q.anchors.includes(name))?.no, ...(S.form?.crops || []).filter(c => c.medium === m).map(c => c.no)], ns = [...new Set(its)].filter(Boolean); return ns.map(n => { const p = pages(m)[n - 1]; return { ...same(m), medium: MEDIUM[m], n: p.no, src: src(p.key, 320) } }) }) }) }

// 设计：框、基线、安全边、出血
const D = () => S.frames[page().key], round = v => Math.round(v / (D()?.scale || 1) * 10) / 10;
const UNITS = { mm: '毫米', pt: '点' }, measured = v => `${round(v)} ${UNITS[D()?.unit] || ''}`;
export const tree = () => { const all = (D()?.frames || []).map((f, i) => ({ ...f, i: `${i}`, said: f.name || f.content, line: f.place.split(':')[1], on: S.fr === i })); return T('tree', { no: S.page, unit: UNIT[S.m], groups: [...new Set(all.map(f => f.group))].map(group => ({ group, own: all.filter(f => f.group === group) })) }) };
function labels(frames) { // 框名立在框旁，叠住的往下让，让不开的等指到再显
 const placed = [];
 return frames.map(f => {
  const left = f.side === 'ml', w = 10 + wide(f.name) * 12, x = left ? f.px - 4 - w : f.right + 4; let down = 0;
  const meets = y => placed.some(q => q.x < x + w && q.x + q.w > x && Math.abs(q.y - y) < 17);
  while (f.name && meets(f.py + down) && down < 60) down += 4;
  if (f.name && down < 60) placed.push({ x, w, y: f.py + down });
  return { ...f, down, quiet: down >= 60 } }) }
function overlay() {
 const d = D(), u = S.u, on = S.show, p = page(), lines = []; if (!d) return '';
 if (on.base && d.grid) for (let y = d.grid.first % d.grid.pitch; y < p.h; y += d.grid.pitch) lines.push({ y: y * u });
 const step = (d.unit === 'pt' ? 100 : 50) * d.scale, ruler = all => Array.from({ length: Math.floor(all / step) + 1 }, (_, i) => ({ n: `${round(i * step)}`, at: i * step * u }));
 const frames = on.frames && d.frames.map((f, i) => { const [x, y, w, h] = f.rect; return { i: `${i}`, name: f.name, css: css(f.rect), thin: h < 6, on: S.fr === i, used: f.used, side: x + w / 2 > p.w / 2 ? 'mr' : 'ml', x: round(x), y: round(y), w: round(w), h: round(h), px: x * u, py: y * u, right: (x + w) * u, hx: x * u / 2, hy: y * u / 2, mx: (x + w / 2) * u, my: (y + h / 2) * u, fy: (y + h) * u + 12 } });
 return T('overlay', { lines, tick: step * u / 5, across: ruler(p.w), downs: ruler(p.h), safe: on.safe && d.safe * u, margin: measured(d.safe), bleed: on.bleed && d.bleed * u, frames: frames && labels(frames) }) }
const bar = () => { const d = D(); return T('designbar', { ...d, shows: [['frames', '框'], ['base', d?.grid ? `基线 ${measured(d.grid.pitch)}` : '没有基线网格', !d?.grid], ['safe', '安全边'], ['bleed', d?.bleed ? `出血 ${measured(d.bleed)}` : '没有出血', !d?.bleed]].map(([k, t, off]) => ({ k, t, off, on: !off && !!S.show[k] })) }) };
export function inspectDesign() {
 const d = D(), f = d?.frames[S.fr]; if (!d) return '';
 return T('design', { head: f ? f.name : '设计', at: f?.place, frame: f && { group: f.group, name: f.name, sizes: ['x', 'y', '宽', '高'].map((n, i) => ({ n, v: round(f.rect[i]) })), written: Array.isArray(f.at) ? f.at.join('，') : f.at, style: f.style || '—', content: f.content || '接排', loose: f.loose, used: f.used }, why: d.candidates?.length, candidates: d.candidates?.map(c => ({ ...c, state: c.taken ? 'y' : c.reason ? 'n' : '', mark: c.taken ? '取用' : c.reason ? '不合适' : '没有试', said: c.taken ? '都放得下，取它' : c.reason || '没有试：前面已经合适' })), palette: d.palette.map(c => ({ ...c, inks: c.cmyk ? c.cmyk.map(Math.round).join(' ') : c.rgb })) }) }

// 印前：程序自己分的版，一版一张灰图，在这里合成
export function press() {
 const q = S.plates, p = page(), edge = q ? q.bleed + q.slug : 37; S.u = unit();
 const k = S.u * p.h / (p.h + 2 * edge);
 return T('press', { whole: String(!S.solo), inks: q?.inks.map(i => ({ ...i, solo: String(S.solo === i.name) })), limiting: String(!!S.limit), w: (p.w + 2 * edge) * k, h: (p.h + 2 * edge) * k }) }
export const inspectPress = () => S.plates ? T('inks', { ...S.plates, inks: S.plates.inks.map(i => ({ ...i, shown: !S.hidden[i.name] })) }) : '';
export function paint() {
 const c = $('#pp'), q = S.plates; if (!c || !q) return;
 c.width = q.pw; c.height = q.ph;
 const x = c.getContext('2d'), im = x.createImageData(q.pw, q.ph), d = im.data, on = q.inks.map((i, n) => [q.data[n], [1, 3, 5].map(k => 1 - parseInt(i.rgb.slice(k, k + 2), 16) / 255), i.name]).filter(i => S.solo ? S.solo === i[2] : !S.hidden[i[2]]);
 for (let p = 0, o = 0; p < q.pw * q.ph; p++, o += 4) {
  let r = 1, g = 1, b = 1, sum = 0;
  for (const [a, k] of on) { const v = a[p] / 100; sum += a[p]; if (S.solo) r = g = b = 1 - v; else { r *= 1 - v * k[0]; g *= 1 - v * k[1]; b *= 1 - v * k[2] } }
  if (S.limit && sum > 260) { r = 1; g = .1; b = .85 }
  d[o] = r * 255; d[o + 1] = g * 255; d[o + 2] = b * 255; d[o + 3] = 255 }
 x.putImageData(im, 0, 0); probe() }
export function probe() {
 const c = $('#pp'), q = S.plates; if (!c || !q || !$('#inksum')) return;
 const x = Math.min(q.pw - 1, S.probe[0] * q.pw | 0), y = Math.min(q.ph - 1, S.probe[1] * q.ph | 0), v = q.data.map(a => a[y * q.pw + x]), k = c.clientWidth / q.pw, edge = q.bleed + q.slug, mm = n => ((n * (q.w + 2 * edge) / q.pw - edge) / 72 * 25.4).toFixed(1);
 $('.probe').style.cssText = `left:${x * k}px;top:${y * k}px`;
 $('#inksum').textContent = `${v.reduce((a, b) => a + b, 0)}%`; $('#inkpos').textContent = `x ${mm(x)}，y ${mm(y)} 毫米`;
 $('#inkbar').innerHTML = v.map((n, i) => `<i style="width:${n / 3.6}%;background:${q.inks[i].rgb}"></i>`).join('') + `<u style="left:${q.limit / 3.6}%"></u>`;
 $$('.num.ink').forEach((e, i) => { e.textContent = `${v[i]}%` }) }

// 问题、讲稿、浮着的
export const probs = () => T('probs', { count: S.st.faults.length, kinds: ['', '错误', '提醒', '提示'].map(k => ({ k, t: k || '全部', on: String(S.filter === k) })), list: list().map(f => ({ ...f, look: f.error ? 'r' : f.severity === '提醒' ? 'a' : '', icon: icon(f.error ? 'err' : f.severity === '提醒' ? 'warn' : 'info', 's'), name: f.name || '—', page: f.no ? `第 ${f.no} ${UNIT[f.medium]}` : '—' })) });
export function notes() { const all = S.items[page().key]?.notes || [], text = all.map(q => q.text).join('\n'), count = [...text].length; return count ? T('notes', { text, count, seconds: Math.round(count / 4), id: all.find(q => q.id)?.id }) : '' }
const STAGES = { read: '读入内容、版式、字体', compose: '编排画册与幻灯片', 'deck.pdf': '写幻灯片预览', 'deck.pptx': '写幻灯片 PPTX', 'brochure.pdf': '写画册（屏幕）', 'press.pdf': '写画册（印刷）', write: '逐处核对，存盘' };
const DIALOGS = {
 alt: () => S.up, search: () => ({ q: S.q, hits: T('hits', { q: S.q, hits: S.hits }) }),
 make: () => { const q = S.making || {}, at = Object.keys(STAGES).indexOf(q.stage), ended = !!(q.files || q.faults); return { ...q, ended, title: q.files ? `已生成 ${q.files.length} 个文件` : q.faults ? '没有生成' : '正在生成全部文件', stages: !ended && Object.values(STAGES).map((name, i) => ({ name, done: i < at, now: i === at })) } },
 del: () => { const k = kws().find(q => q.on) || parts().find(q => q.on); return { title: k.title, count: k.name && Object.keys(S.st.facts).filter(f => f.startsWith(`${k.name}.`)).length, used: S.form?.used } }, conflict: () => S.clash, keys: () => ({}) };
const row = (a, i, t, on) => ({ a, t, on, icon: icon(on ? 'check' : i, 's') }), rule = { rule: true };
const MENUS = {
 file: () => [...S.st.sources.map(f => row(`use:source:${f}`, 'file', f, f === S.st.source)), ...S.st.starters.length ? [rule] : [], ...S.st.starters.map(f => row(`use:start:${f.name}`, 'copy', `照例子新建：${f.title}`))],
 looks: () => [...S.st.layouts.map(l => row(`use:layout:${l.name}`, 'look', `${l.title}　${l.name}`, l.name === S.st.layout)), rule, ...S.st.aspects.map(a => row(`use:aspect:${a}`, 'page', `幻灯片 ${a}`, a === S.st.aspect))],
 down: () => S.st.files.length ? [...S.st.files.map(file => ({ file, t: file })), rule, { file: '全部.zip', t: '全部，一个压缩包' }] : [],
 more: () => [row('menu:looks', 'look', '版式与比例'), row('mode:design', 'frame', '设计：框与母版'), row('mode:press', 'ink', '印前：分色与墨量'), row('probs', 'warn', `问题：${S.st.faults.length} 处`), rule, row('redo', 'redo', '重做'), row('make', 'right', '生成全部文件'), row('menu:down', 'down', '下载'), row('dlg:keys', 'keys', '快捷键')] };
export const floating = () => pop() + (S.menu ? T('menu', { rows: MENUS[S.menu]() }) : '') + (S.dlg ? T(`dlg-${S.dlg}`, DIALOGS[S.dlg]()) : '');
export const start = () => T('start', { ...S.st, some: S.st.sources.length });
