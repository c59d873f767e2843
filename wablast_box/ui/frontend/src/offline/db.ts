/** The browser's own small database: what can be read and sent while the box is out of reach.
 *  It may be full or forbidden; then nothing is remembered and everything else works. */
const NAME = 'wablast';
const VERSION = 1;
const STORES = ['kept', 'waiting'] as const;

export type Store = (typeof STORES)[number];

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store, { keyPath: 'name' });
    };
    request.onerror = () => { reject(request.error ?? new Error('no database')); };
    request.onsuccess = () => {
      // Another tab with a newer version wants to change it: this one opens it again when it next needs it.
      request.result.onversionchange = () => { close(); };
      request.result.onclose = () => { opening = undefined; };
      resolve(request.result);
    };
  });
  opening.catch(() => { opening = undefined; });
  return opening;
}

function close(): void {
  void opening?.then((database) => { database.close(); }, () => undefined);
  opening = undefined;
}

/** One request in a transaction of its own; settled once it is on disk. Undefined when nothing can be remembered. */
async function run<T>(store: Store, mode: IDBTransactionMode, ask: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const database = await open();
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => { resolve(request.result); };
      transaction.onerror = transaction.onabort = () => { reject(transaction.error ?? new Error('not stored')); };
    });
  } catch {
    return undefined;
  }
}

/** Rows are what this program put there: their shape is checked by whoever reads them. */
export const read = (store: Store, name: string): Promise<unknown> => run(store, 'readonly', (rows) => rows.get(name));
export const readAll = async (store: Store): Promise<unknown[]> => (await run(store, 'readonly', (rows) => rows.getAll())) ?? [];
export const write = async <R extends { name: string }>(store: Store, row: R): Promise<boolean> => (await run(store, 'readwrite', (rows) => rows.put(row))) !== undefined;
export const remove = async (store: Store, name: string): Promise<void> => { await run(store, 'readwrite', (rows) => rows.delete(name)); };
export const clear = async (store: Store): Promise<void> => { await run(store, 'readwrite', (rows) => rows.clear()); };
