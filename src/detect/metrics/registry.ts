import type { MetricDetector } from '../contract';
import { isolationForest } from './forest';
import { mahalanobis } from './mahalanobis';
import { robustZ } from './robust-z';

/** Every metric detector. A new one is one file and one line here; the contract tests run on it from then on. */
export const METRIC_DETECTORS: readonly MetricDetector[] = [isolationForest, mahalanobis, robustZ];

/** The members whose tails the pipeline joins by default: a forest sees odd combinations, a distance sees magnitude. */
export const DEFAULT_MEMBERS: readonly MetricDetector[] = [isolationForest, mahalanobis];
