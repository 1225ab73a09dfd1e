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
  define: { global: 'globalThis' },
  plugins: [react(), contentSecurityPolicy(), notices.page, serviceWorker()],
  worker: { format: 'es', plugins: () => [notices.worker], rolldownOptions: withoutLicenceComments },
  build: { target: 'es2022', sourcemap: false, rolldownOptions: withoutLicenceComments },
});
