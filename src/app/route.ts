import { PAGES, type Page, type Route } from './types';

/** Parses `#/alerts?id=7` . Anything that is not a known page is the overview. */
export function parseHash(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const page = (PAGES as readonly string[]).includes(path) ? (path as Page) : 'overview';
  const params: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(query)) if (key !== '__proto__') params[key] = value;
  return { page, params };
}

/** The inverse of `parseHash`; empty values are left out. */
export function formatHash(route: Route): string {
  const given = Object.entries(route.params).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  return `#/${route.page}${query === '' ? '' : `?${query}`}`;
}
