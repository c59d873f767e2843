import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

/** Files of the shell besides what the bundler names. Pictures of the manifest are fetched by whoever installs the app. */
const PUBLIC = ['icon.svg', 'icon-192.png', 'badge-96.png', 'manifest.webmanifest', 'scheme.js'];
/** Letters of other alphabets come when a customer first writes in one. */
const LATER = /-(cyrillic|cyrillic-ext|greek|latin-ext|vietnamese)-/;
const LARGEST = 400_000;

/** Builds /sw.js after everything else, with the list of what the shell is made of. */
export function serviceWorker(): Plugin {
  let root = '';
  return {
    name: 'wablast-service-worker',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
    },
    writeBundle: {
      order: 'post',
      handler: async ({ dir = '' }, bundle) => {
        const built = Object.values(bundle).filter((file) => file.fileName.startsWith('assets/') && isShell(file.fileName, sizeOf(file)));
        const files = [...built.map((file) => `/${file.fileName}`), ...PUBLIC.map((name) => `/${name}`)].sort();
        await bundleWorker(root, dir, { version: versionOf(dir, files), files });
      },
    },
  };
}

const isShell = (name: string, size: number): boolean => size <= LARGEST && !LATER.test(name);

const sizeOf = (file: { type: 'asset'; source: string | Uint8Array } | { type: 'chunk'; code: string }): number =>
  file.type === 'asset' ? file.source.length : file.code.length;

/** Changes when any file does: hashed names say so themselves, the others are read. */
function versionOf(dir: string, files: readonly string[]): string {
  const hash = createHash('sha256').update(files.join());
  for (const name of readdirSync(dir).filter((one) => !one.endsWith('.gz') && !one.endsWith('.br') && one.includes('.')).sort()) hash.update(readFileSync(`${dir}/${name}`));
  return hash.digest('hex').slice(0, 12);
}

async function bundleWorker(root: string, dir: string, shell: { version: string; files: string[] }): Promise<void> {
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    resolve: { alias: { '@': fileURLToPath(new URL('../src', import.meta.url)) } },
    define: { __SHELL__: JSON.stringify(shell) },
    build: {
      outDir: dir,
      emptyOutDir: false,
      target: 'es2022',
      rolldownOptions: { input: `${root}/src/sw/worker.ts`, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
}
