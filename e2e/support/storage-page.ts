// What the storage tests run inside the browser: the real store, without the rest of the app.

export * from '../../src/storage/sample-records';
export { openStore } from '../../src/storage/store';
export { runStoreContract } from '../../src/storage/store-contract';
