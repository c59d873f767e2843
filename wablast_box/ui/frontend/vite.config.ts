import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compressed } from './bundling/compressed.ts';
import { serviceWorker } from './bundling/service-worker.ts';
import { themeCss } from './bundling/theme-css.ts';

const backend = process.env['WABLAST_BACKEND'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), themeCss(), serviceWorker(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: process.env['WABLAST_UI_OUT'] ?? '../static',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Fonts and pictures stay files: data: addresses would grow the style sheet, which blocks the first paint.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'icons', test: /node_modules[\\/]@tabler/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            {
              name: 'tanstack',
              test: /node_modules[\\/]@tanstack[\\/](react-query|query-core|react-router|router-core|history|react-store|store)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': backend, '/simulator': backend, '/socket.io': { target: backend, ws: true } } },
  test: { environment: 'happy-dom', setupFiles: ['src/texts/late.ts'], include: ['src/**/*.test.{ts,tsx}', 'bundling/**/*.test.ts'] },
});
