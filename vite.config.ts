import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './scripts/vite/csp';
import { thirdPartyNotices } from './scripts/vite/notices';
import { preloadUi } from './scripts/vite/preload-ui';
import { serviceWorker } from './scripts/vite/service-worker';

const notices = thirdPartyNotices();
const inScripts = (file: string): string => fileURLToPath(new URL(`./scripts/vite/${file}`, import.meta.url));
// Licence texts stand in THIRD-PARTY-NOTICES.txt; in the code they would double its size.
const withoutLicenceComments = { comments: { legal: false } };
// Each with all that it needs at once: what starts the workers, then what draws the page. Left alone they fall into twenty pieces.
const firstChunks = {
  groups: [
    { name: 'app', test: /\/src\/app\/create-app\.ts$|vite\/preload-helper/, priority: 2 },
    { name: 'ui', test: /\/src\/ui\/mount\.tsx$/, priority: 1 },
  ],
};

export default defineConfig({
  base: './',
  resolve: {
    alias: [
      // plotly.js asks for the styles of its maps, which the charts do not have: 83 kB that each first chart would wait for.
      { find: 'maplibre-gl/dist/maplibre-gl.css', replacement: inScripts('nothing.js') },
      { find: /^@tensorflow\/tfjs-backend-wasm$/, replacement: inScripts('tfjs-wasm.js') },
    ],
  },
  define: { global: 'globalThis' },
  plugins: [react(), preloadUi('src/ui/mount.tsx'), contentSecurityPolicy(), notices.page, serviceWorker()],
  worker: { format: 'es', plugins: () => [notices.worker], rolldownOptions: { output: withoutLicenceComments } },
  build: {
    target: 'es2022',
    sourcemap: false,
    rolldownOptions: { output: { ...withoutLicenceComments, codeSplitting: firstChunks } },
  },
});
