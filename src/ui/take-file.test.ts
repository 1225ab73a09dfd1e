import { describe, expect, it } from 'vitest';
import { takeFile } from './take-file';

/** Where a file with that name and text goes to. */
async function follow(name: string, text: string): Promise<string> {
  const went: string[] = [];
  const note = (what: string) => () => {
    went.push(what);
  };
  await takeFile(
    { drop: note('data file'), dropScenario: note('scenario'), navigate: (page) => went.push(page) },
    new File([text], name),
  );
  return went.join(' on ');
}

describe('a file that is dropped anywhere', () => {
  it.each([
    ['mine.scenario.json', '', 'scenario on scenarios'],
    ['saved.json', '\n{ "format": "cloud-anomaly-scenario", "id": 7', 'scenario on scenarios'],
    ['pasted.log', '{"format":"cloud-anomaly-scenario"}', 'scenario on scenarios'],
    ['backup.json', '{"format":"cloud-anomaly-backup"}', 'data file on data'],
    ['app.log', 'read "format": "cloud-anomaly-scenario"', 'data file on data'],
    ['metrics.csv', 'time,cpu\n1,2\n', 'data file on data'],
    ['empty.csv', '', 'data file on data'],
  ])('%s that begins with %j goes to the page of its kind', async (name, text, where) => {
    expect(await follow(name, text)).toBe(where);
  });
});
