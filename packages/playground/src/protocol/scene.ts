import { firstSettings, type Settings } from './settings.ts';

type Plain = Readonly<Record<string, unknown>>;

/** The settings as the query of an address: what is as it was in the beginning is left out. */
export function sceneOf(settings: Settings): string {
  const query = new URLSearchParams(differences({ ...firstSettings }, { ...settings }, ''));
  // Whoever opens it wants to see something happen.
  query.delete('isPaused');
  return query.toString();
}

/** What such a query changes. Nothing of it is checked: the server does that. */
export function changeOf(query: string): Plain {
  const change: Record<string, unknown> = {};
  for (const [path, text] of new URLSearchParams(query)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let holder = change;
    for (const name of names) {
      const inner = Object.hasOwn(holder, name) ? holder[name] : undefined;
      // Made here, one line further down.
      const next = (typeof inner === 'object' ? inner : {}) as Record<string, unknown>;
      holder[name] = next;
      holder = next;
    }
    holder[last] = last === 'phones' ? text.split(',') : valueOf(text);
  }
  return change;
}

function differences(first: Plain, now: Plain, path: string): [string, string][] {
  return Object.entries(now).flatMap(([name, value]): [string, string][] => {
    const before = first[name];
    const at = path === '' ? name : `${path}.${name}`;
    if (Array.isArray(value)) return String(value) === String(before) ? [] : [[at, String(value)]];
    // Of two objects of one form.
    if (typeof value === 'object' && value !== null)
      return differences((before ?? {}) as Plain, value as Plain, at);
    return value === before ? [] : [[at, String(value)]];
  });
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
