import type { SampleTrace, TraceQuery } from '../../domain/trace';
import { rarityOf } from '../calibration';
import { type FlaggedRows, findFlagged } from './flagged-rows';
import { type MetricModel, tracedMember } from './model';

/**
 * How a model's trees see one sample, with its `limit` shortest paths. undefined: no member made of trees, no such flagged row kept, or
 * features that are not one finite number a name.
 */
export function traceSample(
  model: MetricModel,
  names: readonly string[],
  asked: { readonly query: TraceQuery; readonly limit: number; readonly flagged: FlaggedRows },
): SampleTrace | undefined {
  const member = model.members[tracedMember(model)];
  const sample = sampleOf(asked.query, asked.flagged, names.length);
  if (!member?.fitted.tracePaths || !sample) return undefined;
  const { features } = sample;
  const { cPsi, meanLength, paths } = member.fitted.tracePaths(features, names);
  const raw = new Float32Array(1);
  member.fitted.score({ n: 1, f: features.length, data: features }, raw);
  const shortest = [...paths].sort((a, b) => a.length - b.length || a.tree - b.tree).slice(0, asked.limit);
  return {
    t: sample.t,
    featureNames: names,
    features: features.slice(),
    trees: paths.length,
    meanLength,
    cPsi,
    rawScore: raw[0],
    rarity: rarityOf(member.lookup.calibration, raw[0]),
    rawThen: sample.raw,
    paths: shortest,
  };
}

function sampleOf(
  query: TraceQuery,
  flagged: FlaggedRows,
  f: number,
): { readonly t: number; readonly raw: number; readonly features: Float32Array } | undefined {
  if (query.of === 'flagged') return findFlagged(flagged, query.device, query.from, query.to);
  const features = query.of === 'typical' ? new Float32Array(f) : query.features;
  if (features.length !== f || !features.every(Number.isFinite)) return undefined;
  return { t: Number.NaN, raw: Number.NaN, features };
}
