import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: { emptyOutDir: true, assetsDir: 'assets', assetsInlineLimit: 0, target: 'es2023' },
  // `vite console/web` while one works on the page, beside an API on its usual port.
  server: { proxy: { '/api': process.env['ASSAY_API'] ?? 'http://127.0.0.1:8787' } },
});
