import { eventParams, type NormalEvent, softEdges } from './contract';

/** Standby servers join behind the balancer: the load of the others falls in a step, and comes back when they leave. */
export const autoscale: NormalEvent = {
  spec: {
    id: 'autoscale',
    label: 'Autoscaling step',
    description: 'Standby servers join a pool and take part of its traffic, then leave again.',
    signature:
      'The load of every server of the pool, and all that follows from it, falls by up to a third within twenty seconds. A few log lines of changed upstreams.',
    params: eventParams(1200),
  },
  turnS: undefined,
  apply(effect, moment) {
    effect.demand = 1 / (1 + 0.5 * moment.intensity * softEdges(moment, 20));
  },
  lines: [
    { level: 'info', text: 'autoscale: target group changed, {small} standby servers joined', when: { atS: 0 } },
    { level: 'info', text: 'upstream list reloaded: {small} servers, generation {count}', when: { atS: 2 } },
  ],
};
