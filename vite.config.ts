import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './scripts/vite/csp';
import { thirdPartyNotices } from './scripts/vite/notices';
import { serviceWorker } from './scripts/vite/service-worker';

const notices = thirdPartyNotices();
// Licence texts stand in THIRD-PARTY-NOTICES.txt; in the code they would double its size.
const withoutLicenceComments = { output: { comments: { legal: false } } };

export default defineConfig({
  base: './',
  // plotly.js asks for the styles of its maps, which the charts do not have: 83 kB that each first chart would wait for.
  resolve: {
    alias: { 'maplibre-gl/dist/maplibre-gl.css': fileURLToPath(new URL('./scripts/vite/nothing.js', import.meta.url)) },
  },
  define: { global: 'globalThis' },
  plugins: [react(), contentSecurityPolicy(), notices.page, serviceWorker()],
  worker: { format: 'es', plugins: () => [notices.worker], rolldownOptions: withoutLicenceComments },
  build: { target: 'es2022', sourcemap: false, rolldownOptions: withoutLicenceComments },
});
