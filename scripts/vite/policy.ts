/**
 * Styles that libraries insert at run time, by the hash of their text: the empty style of plotly and globe.gl, and globe.gl's own.
 * They change with globe.gl's version; a browser test asserts that no violation occurs.
 */
const STYLE_HASHES = [
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'sha256-AR/cKIZjWPcPmBUPDA6oti9XBiTbJvz0Cro2J1VzzS8=',
  'sha256-9xjtvxMT1ApHlgn9ohbh2FNfvK5Tqtzy94BjfXBeMSY=',
  'sha256-yfc2FhpkFR0EAy3T+zDsaAFGXSP9B3ELNvaJKDzNhkk=',
  'sha256-GRFgt45UbKYCV14/Fqy6H9EB3zlAwSnH4xbsYt03Q6M=',
];

/** The content security policy of the page. No inline script, no eval, no other origin. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  `style-src-elem 'self' ${STYLE_HASHES.map((hash) => `'${hash}'`).join(' ')}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The policy that the service worker gives to worker scripts: a page's `<meta>` does not reach them. */
export const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
