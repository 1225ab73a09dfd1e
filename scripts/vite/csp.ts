import type { Plugin } from 'vite';
import { PAGE_POLICY } from './policy';

const CHARSET = /<meta charset="[^"]+"\s*\/?>/i;

/** Puts the policy into the page as `<meta>`, right behind the charset, so that it stands before every script and style. */
export function insertPolicy(html: string, policy: string): string {
  if (!CHARSET.test(html)) throw new Error('index.html has no <meta charset>: the policy has no place to stand');
  return html.replace(
    CHARSET,
    (meta) => `${meta}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
  );
}

/** Build only: the dev server needs inline scripts and web sockets for its hot updates. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'cloud-anomaly-dashboard:csp',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html) => insertPolicy(html, PAGE_POLICY) },
  };
}
