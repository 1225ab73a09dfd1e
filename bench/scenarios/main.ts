import { openFleet } from './fleet';
export async function main(): Promise<void> {
  for (const devices of [24, 48]) {
    let t = Date.now();
    const fleet = await openFleet({ seed: 1, devices });
    console.log('open', Date.now() - t, fleet.bench.engine.run.stepsDone);
    t = Date.now();
    const c = process.cpuUsage();
    await fleet.play(3600);
    const ms = Date.now() - t;
    const u = process.cpuUsage(c);
    console.log(
      devices,
      'hour',
      ms,
      'cpu',
      u.user / 1000,
      fleet.bench.engine.run.stepsDone,
      (3600 * devices) / (u.user / 1e6),
      'samples/s cpu',
    );
    t = Date.now();
    const b = fleet.bench.engine.scoreboard({ member: 'hybrid' });
    console.log('snapshot', Date.now() - t, JSON.stringify(b.members.hybrid));
  }
}
