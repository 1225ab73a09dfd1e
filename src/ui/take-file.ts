import type { Commands } from '../app/types';
import { SCENARIO_FORMAT } from '../domain/scenario';

/** So much of a file tells whether it is a scenario: its format stands first. */
const HEAD_BYTES = 4096;

/** Whether a file is a scenario: by its name, or because it begins as one. Gives false for a file that cannot be read: whoever opens it says why. */
export async function isScenarioFile(file: File): Promise<boolean> {
  if (file.name.endsWith('.scenario.json')) return true;
  const head = await file
    .slice(0, HEAD_BYTES)
    .text()
    .catch(() => '');
  return /^\s*\{/.test(head) && new RegExp(`"format"\\s*:\\s*"${SCENARIO_FORMAT}"`).test(head);
}

/** Takes a file from anywhere to the page that opens its kind: a scenario to Scenarios, all else to Data. */
export async function takeFile(
  commands: Pick<Commands, 'drop' | 'dropScenario' | 'navigate'>,
  file: File,
): Promise<void> {
  if (await isScenarioFile(file)) {
    commands.dropScenario(file);
    commands.navigate('scenarios');
  } else {
    commands.drop(file);
    commands.navigate('data');
  }
}
