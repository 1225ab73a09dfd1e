import { expose } from 'comlink';
import type { MetricPipeline, PipelineConfig } from '../detect/contract';
import { createMetricPipeline } from '../detect/metrics/pipeline';
import { probeMetricModel } from '../detect/metrics/probe';
import type { Catalog } from '../domain/catalog';
import type { MetricApi } from './api';
import { moveBuffers } from './transfer';

let pipeline: MetricPipeline | undefined;

function opened(): MetricPipeline {
  if (pipeline === undefined) throw new Error('metric worker: used before open');
  return pipeline;
}

const api: MetricApi & { ping(): true } = {
  ping: () => true,
  open: (catalog: Catalog, config: PipelineConfig) => {
    pipeline = createMetricPipeline(catalog, config);
  },
  setCatalog: (catalog) => opened().setCatalog(catalog),
  configure: (config) => opened().configure(config),
  score: (batch, seq, suspect) => moveBuffers(opened().score(batch, seq, suspect)),
  train: () => opened().train(),
  state: () => opened().state(),
  save: () => opened().save(),
  load: (saved) => opened().load(saved),
  probe: (saved) => probeMetricModel(saved),
  tracePaths: (query, limit) => opened().tracePaths(query, limit),
};

expose(api);
