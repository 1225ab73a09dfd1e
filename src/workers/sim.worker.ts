import { expose } from 'comlink';
import type { SimApi } from './api';
import { createSimApi } from './sim-api';

const api: SimApi & { ping(): true } = { ...createSimApi(), ping: () => true };

expose(api);
