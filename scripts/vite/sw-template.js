// Keeps the whole site for offline use. The build fills in FILES, VERSION and POLICY.
const FILES = __FILES__;
const POLICY = __POLICY__;
const scope = self.registration.scope;
// The scope's path is part of the name: project pages of one user share an origin, and forks of this project share the prefix.
const prefix = `cloud-anomaly-dashboard-${new URL(scope).pathname}-`;
const name = prefix + __VERSION__;
const indexUrl = new URL('index.html', scope).href;

self.addEventListener('install', (event) => {
  // `reload`: a file of the last version in the HTTP cache must not end up in this version's cache.
  const requests = FILES.map((file) => new Request(new URL(file, scope), { cache: 'reload' }));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(requests)));
});

self.addEventListener('activate', (event) => {
  const old = (key) => key.startsWith(prefix) && key !== name;
  const clean = caches.keys().then((keys) => Promise.all(keys.filter(old).map((key) => caches.delete(key))));
  event.waitUntil(clean.then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope)) event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(name);
  const page = request.mode === 'navigate';
  // Static hosts add `Vary: Accept-Encoding` or `Origin`, which must not make a kept file look like another.
  const how = { ignoreSearch: true, ignoreVary: true };
  const kept = (await cache.match(request, how)) ?? (page ? await cache.match(indexUrl, how) : undefined);
  const response = kept ?? (await fetch(request));
  return /^(shared)?worker$/.test(request.destination) ? withPolicy(response) : response;
}

// A page's <meta> policy does not reach its workers; this header does.
function withPolicy(response) {
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', POLICY);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
