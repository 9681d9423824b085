// 图标、小部件、与程序的来往；一处状态 S，一个 draw
const P = { // 20 × 20，线宽 1.5
 page: 'M5 2.5h7l3.5 3.5v11.5h-10.5zM12 2.5V6h3.5', book: 'M10 5c-2-1.5-4.5-1.5-7-1v11.5c2.5-.5 5-.5 7 1 2-1.5 4.5-1.5 7-1V4c-2.5-.5-5-.5-7 1zM10 5v11.5',
 kw: 'M3 5h2M8 5h9M3 10h2M8 10h9M3 15h2M8 15h9', frame: 'M5.5 1.5v17M14.5 1.5v17M1.5 5.5h17M1.5 14.5h17', ink: 'M10 2.5c3 4 5 6.5 5 9a5 5 0 0 1-10 0c0-2.5 2-5 5-9z',
 check: 'M4 10.500l4 4 8-9', look: 'M2.5 3.500h6.500v6H2.500zM11 3.500h6.500v6H11zM2.5 11.500h6.500v5H2.500zM11 11.500h6.500v5H11z',
 undo: 'M7.5 4L3.5 8l4 4M3.5 8H12a4.5 4.5 0 0 1 0 9h-2', redo: 'M12.5 4l4 4-4 4M16.5 8H8a4.5 4.5 0 0 0 0 9h2',
 search: 'M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.5 12.500L17 17', down: 'M10 3v10M6 9.500l4 4 4-4M3.5 17h13',
 err: 'M10 2.500a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM7.5 7.500l5 5M12.5 7.500l-5 5', warn: 'M10 3l8 14H2zM10 8v4M10 14.300v.2', info: 'M10 2.500a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 9v5M10 6.200v.2',
 x: 'M5 5l10 10M15 5L5 15', plus: 'M10 4v12M4 10h12', minus: 'M4 10h12', chev: 'M5 8l5 5 5-5', left: 'M12.5 4.500L7 10l5.5 5.5', right: 'M7.5 4.500L13 10l-5.5 5.5',
 up: 'M10 16V4M5.5 8.500L10 4l4.5 4.5', dn: 'M10 4v12M5.5 11.500L10 16l4.5-4.5', copy: 'M6.5 6.500h10v10h-10zM13.5 6.500v-3h-10v10h3',
 trash: 'M3.5 5.500h13M8 5.500V3h4v2.500M5 5.500l.8 11.500h8.400L15 5.5', chart: 'M3 17V9.500h3.500V17M8.2 17V4h3.600v13M13.5 17v-5H17v5M2 17h16', hash: 'M7.5 3l-1.5 14M14 3l-1.5 14M3.5 7.500h14M2.5 12.500h14',
 brace: 'M8 3c-3 0-1 6-4 7 3 1 1 7 4 7M12 3c3 0 1 6 4 7-3 1-1 7-4 7', bold: 'M6 3.500h5a3 3 0 0 1 0 6.500H6zM6 10h5.800a3.2 3.2 0 0 1 0 6.500H6z', link: 'M8.5 11.500a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.300l-1 1M11.5 8.500a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.300l1-1', code: 'M7 5.500L2.5 10 7 14.500M13 5.500l4.5 4.5-4.5 4.5',
 more: 'M4.5 10v.1M10 10v.1M15.5 10v.1', keys: 'M2 5h16v10H2zM5 8v.1M8 8v.1M11 8v.1M14 8v.1M6.5 12h7', spin: 'M10 2.500a7.5 7.5 0 1 0 7.5 7.5', surr: 'M2.5 2.500h15v15h-15zM6 6h8v8H6z', file: 'M5 2.500h7l3.5 3.500v11.500h-10.500zM7.5 9.500h5.500M7.5 12.500h5.5' };
export const I = (n, c = '') => `<svg class="i ${c}" viewBox="0 0 20 20" aria-hidden="true"><path d="${P[n]}"/></svg>`;
export const esc = s => String(s ?? '').replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[c]));
export const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
export const two = n => String(n).padStart(2, '0');
export const UNIT = { brochure: '页', deck: '张' }, MEDIUM = { brochure: '画册', deck: '幻灯片' };
export const phone = () => innerWidth <= 720, narrow = () => innerWidth <= 1180;

export const S = { st: null, m: 'brochure', page: 1, mode: 'edit', zoom: 'fit', pairs: true, right: true, sel: null, fig: null, pop: null, items: {}, frames: {}, show: { frames: 1, base: 1, safe: 1, bleed: 1 }, acc: { 事实: 1 }, lost: false, busy: false, ms: 0, surr: 'dark', filter: '' };
export const pages = (m = S.m) => S.st.media[m].pages;
export const page = (n = S.page) => pages()[n - 1];
export const fact = (name, owner) => S.st.facts[`${owner}.${name}`] || S.st.facts[name];

const token = $('meta[name=token]').content;
export async function get(url) { const r = await fetch(url); if (!r.ok) throw Object.assign(new Error(), { status: r.status, ...await r.json().catch(() => ({})) }); return r.json() }
export async function post(url, body) {
 const raw = body instanceof Blob, r = await fetch(url, { method: 'POST', headers: { 'X-Token': token, ...(raw ? {} : { 'Content-Type': 'application/json' }) }, body: raw ? body : JSON.stringify(body) });
 const told = await r.json().catch(() => ({ message: '程序没有回答' }));
 if (!r.ok) throw Object.assign(new Error(told.message), { status: r.status, ...told });
 return told }
export const src = (key, px) => `/page/${key}.jpg?w=${Math.min(2400, Math.ceil(px * Math.min(devicePixelRatio, 2) / 100) * 100)}`;
export const say = t => { $('#say').textContent = t };
export function toast(text, action, run) {
 const t = document.createElement('div'); t.className = 'toast';
 t.innerHTML = `<span>${esc(text)}</span>${action ? `<button class="tb">${action}</button>` : ''}`;
 if (action) $('button', t).onclick = () => { t.remove(); run() };
 $('#toasts').append(t); while ($('#toasts').children.length > 3) $('#toasts').firstChild.remove();
 const go = () => t.matches(':hover,:focus-within') ? setTimeout(go, 2000) : t.remove(); setTimeout(go, 6000) }

// {事实} 是一枚牌子，整个一枚；不认识的是红的，算出的是虚线
export const chips = (text, owner) => esc(text).replace(/\{([^{}\n]+)\}/g, (_, n) => {
 const name = n.split(':')[0].trim(), f = fact(name, owner), count = /数$/.test(name);
 return `<span class="tok ${!f ? count ? '' : 'x' : f.derived ? 'v' : ''}" contenteditable="false" data-t="${n}" title="${f ? esc(f.printed) : count ? '数出来的' : '没有这个事实'}">${n}${f?.derived ? '<em>算</em>' : ''}${f?.figure ? `<em>${esc(f.printed)}</em>` : ''}</span>` });
export const unchip = el => [...el.childNodes].map(n => n.nodeType === 3 ? n.data : n.dataset?.t ? `{${n.dataset.t}}` : n.tagName === 'BR' ? '\n' : (n.tagName === 'DIV' && n.previousSibling ? '\n' : '') + unchip(n)).join('');
export const printed = (text, owner) => (text || '').replace(/\{([^{}\n]+)\}/g, (all, n) => fact(n.split(':')[0].trim(), owner)?.printed ?? all).replace(/\*\*/g, '');
export const wide = t => [...t].reduce((a, c) => a + (c.charCodeAt(0) < 128 ? .56 : 1), 0);
export const btn = (a, icon, label, more = '') => `<button class="ib" data-a="${a}" aria-label="${label}" title="${label}" ${more}>${I(icon)}</button>`;
export const head = (t, x = '') => `<div class="ph"><h2 class="clip">${t}</h2>${x}</div>`;
export const css = ([x, y, w, h]) => `--x:${x};--y:${y};--bw:${w};--bh:${h}`;
export function crop(key, p, r, w = 104, h = 38) {
 if (!r) return '<span class="crop t">讲稿</span>';
 const k = Math.max(Math.min((w - 14) / r[2], (h - 12) / r[3], 1.4), .12), at = (c, span, all) => Math.min(Math.max(0, c * k - span / 2), Math.max(0, all * k - span));
 const x = at(r[0] + r[2] / 2, w, p.w), y = at(r[1] + r[3] / 2, h, p.h);
 return `<span class="crop" style="background-image:url(${src(key, 800)});background-size:${p.w * k}px ${p.h * k}px;background-position:${-x}px ${-y}px"><i style="left:${r[0] * k - x - 2}px;top:${r[1] * k - y - 2}px;width:${r[2] * k + 4}px;height:${r[3] * k + 4}px"></i></span>` }
export const shown = () => { const n = S.page, all = pages().length; if (S.m === 'deck' || !S.pairs || phone() || S.mode === 'design' || S.mode === 'press' || n === 1) return [n]; const a = n % 2 ? n - 1 : n; return a + 1 > all ? [a] : [a, a + 1] };
