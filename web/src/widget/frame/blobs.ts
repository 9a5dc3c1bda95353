/** Pictures that wait to be sent, in IndexedDB, since localStorage is too small for them. Best effort. */

const SHELF = "pictures";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("diji-widget", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within<T>(mode: IDBTransactionMode, act: (shelf: IDBObjectStore) => IDBRequest<T>) {
  try {
    const base = await open();
    const asked = act(base.transaction(SHELF, mode).objectStore(SHELF));
    return await new Promise<T | undefined>((resolve) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(undefined);
    }).finally(() => base.close());
  } catch {
    return undefined;
  }
}

export const keepBlob = (key: string, blob: Blob) => within("readwrite", (shelf) => shelf.put(blob, key));
export const recallBlob = (key: string) =>
  within("readonly", (shelf) => shelf.get(key) as IDBRequest<Blob | undefined>);
export const dropBlob = (key: string) => within("readwrite", (shelf) => shelf.delete(key));
