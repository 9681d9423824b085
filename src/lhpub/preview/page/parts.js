// 样板、状态、与程序的来往
export const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
export const esc = s => String(s ?? '').replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[c]));
export const icon = (n, c = '') => `<svg class="i ${c}" aria-hidden="true"><use href="#i-${n}"/></svg>`;
const PARTS = Object.fromEntries($$('script[type="text/template"]').map(t => [t.id.slice(2), t.textContent.trim().replace(/\[\[(\w+)( \w+)*\]\]/g, (all, n) => icon(n, all.slice(n.length + 2, -2)))]));
function fill(text, v) {
 return text.replace(/\{\{([#^])(\w+)\}\}([\s\S]*?)\{\{\/\2\}\}/g, (_, kind, k, body) => {
  const all = [v[k] ?? false].flat().filter(x => x !== false && x !== '' && x !== 0);
  if (kind === '^') return all.length ? '' : fill(body, v);
  return all.map(x => fill(body, x && typeof x === 'object' ? { ...v, ...x } : { ...v, it: x })).join('') })
  .replace(/\{\{\{(\w+)\}\}\}/g, (_, k) => v[k] ?? '').replace(/\{\{(\w+)\}\}/g, (_, k) => v[k] === false ? '' : esc(v[k])) }
export const T = (name, v = {}) => fill(PARTS[name], v);

export const UNIT = { brochure: '页', deck: '张' }, MEDIUM = { brochure: '画册', deck: '幻灯片' };
export const phone = () => innerWidth <= 720;
export const S = { st: null, m: 'brochure', page: 1, mode: 'edit', zoom: 'fit', pairs: true, right: true, items: {}, frames: {}, show: { frames: 1, base: 1, safe: 1, bleed: 1 }, acc: { 事实: true }, surr: 'dark', at8: -1, filter: '', hidden: {}, probe: [.5, .3] };
export const pages = (m = S.m, st = S.st) => st.media[m].pages, page = (n = S.page, st = S.st) => pages(S.m, st)[n - 1];
export const fact = (name, owner) => S.st.facts[`${owner}.${name}`] || S.st.facts[name];
export const errors = () => S.st.faults.filter(f => f.error);
export function shown(st = S.st) {
 const all = pages(S.m, st).length, n = Math.min(S.page, all || 1), left = n - n % 2;
 return S.m === 'deck' || !S.pairs || phone() || S.mode === 'design' || S.mode === 'press' || n === 1 || left + 1 > all ? [n] : [left, left + 1] }

const TOKEN = $('meta[name=token]').content;
async function ask(url, how) {
 const r = await fetch(url, how), told = await r.json().catch(() => ({ message: '程序没有回答' }));
 if (!r.ok) throw Object.assign(new Error(told.message), told, { status: r.status });
 return told }
export const get = url => ask(url);
export const entry = (id, form) => get(`/entry?${form ? 'form=1&' : ''}id=${encodeURIComponent(id)}`);
export const post = (url, body) => ask(url, { method: 'POST', headers: { 'X-Token': TOKEN }, body: body instanceof Blob ? body : JSON.stringify(body) });
export const src = (key, px) => `/page/${key}.jpg?w=${Math.min(2400, Math.ceil(px * Math.min(devicePixelRatio, 2) / 100) * 100)}`;
export const say = t => { $('#say').textContent = t };
export function toast(text, action, run) {
 const box = $('#toasts');
 box.insertAdjacentHTML('beforeend', T('toast', { text, action }));
 const t = box.lastChild, go = () => t.matches(':hover,:focus-within') ? setTimeout(go, 2000) : t.remove();
 if (action) $('button', t).onclick = () => { t.remove(); run() };
 if (box.children.length > 3) box.firstChild.remove();
 setTimeout(go, 6000) }

// {事实} 是一枚牌子，退格整个退掉；不认识的是红的，算出的是虚线
const REF = /\{([^{}\n]+)\}/g;
export const chips = (text, owner) => esc(text).replace(REF, (_, t) => {
 const f = fact(t.split(':')[0].trim(), owner), count = /数(:|$)/.test(t);
 return T('tok', { t, look: f ? f.derived && 'v' : !count && 'x', title: f ? f.printed : count ? '数出来的' : '没有这个事实', derived: f?.derived, value: f?.figure && f.printed }) });
export const unchip = el => [...el.childNodes].map(n => n.nodeType === 3 ? n.data : n.dataset?.t ? `{${n.dataset.t}}` : n.tagName === 'BR' ? '\n' : (n.tagName === 'DIV' && n.previousSibling ? '\n' : '') + unchip(n)).join('');
export const refs = text => [...new Set([...(text || '').matchAll(REF)].map(q => q[1].split(':')[0].trim()))];
export const printed = (text, owner) => (text || '').replace(REF, (all, t) => fact(t.split(':')[0].trim(), owner)?.printed ?? all).replace(/\*\*/g, '');
