import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compressed } from './bundling/compressed.ts';
import { serviceWorker } from './bundling/service-worker.ts';
import { themeCss } from './bundling/theme-css.ts';

const backend = process.env['WABLAST_BACKEND'] ?? 'http://127.0.0.1:8080';

const iconList = fileURLToPath(new URL('./src/features/flows/icons.ts', import.meta.url));
const flowIcons = new Set([...readFileSync(iconList, 'utf8').matchAll(/icons\/(Icon\w+)\.mjs/g)].map((found) => found[1] ?? ''));
const isFlowIcon = (id: string): boolean => flowIcons.has(/@tabler.*[\\/](Icon\w+)\.mjs$/.exec(id)?.[1] ?? '');

const OWN_WINDOW = ['src/**/*.test.tsx', ...['offline/keep', 'features/inbox/outbox', 'shell/phone'].map((name) => `src/${name}.test.ts`)];

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
            { name: 'icons', test: (id: string) => /node_modules[\\/]@tabler/.test(id) && !isFlowIcon(id), priority: 2 },
            // What only the flow builder draws waits for it.
            { name: 'flow-icons', test: isFlowIcon, priority: 1 },
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
  // A window for each file takes ten times as long as the tests in it: only those have one that draw or put other modules in place of ours.
  test: {
    environment: 'happy-dom', setupFiles: ['src/texts/late.ts'],
    projects: [
      { extends: true, test: { name: 'own window', include: OWN_WINDOW } },
      { extends: true, test: { name: 'one window', isolate: false, include: ['src/**/*.test.ts', 'bundling/**/*.test.ts'], exclude: OWN_WINDOW } },
    ],
  },
});
