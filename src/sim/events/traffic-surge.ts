import { eventParams, type NormalEvent, softEdges } from './contract';

/** More people than usual: a campaign, a match, a news item. It passes. */
export const trafficSurge: NormalEvent = {
  spec: {
    id: 'traffic-surge',
    label: 'Traffic surge',
    description: 'More requests than usual come in, for everybody alike, and pass.',
    signature:
      'Demand rises by up to 50 % within two minutes and falls as slowly: CPU, network, disk and log lines rise together on all servers that it reaches. No log lines of its own.',
    params: eventParams(600),
  },
  turnS: undefined,
  apply(effect, moment) {
    effect.demand = 1 + 0.5 * moment.intensity * softEdges(moment, 120);
  },
  lines: [],
};
