const WORDS: Readonly<Record<string, string>> = {
  level: 'the value itself',
  mean: 'its mean over the last samples',
  change: 'its change from the sample before',
  volatility: 'how restless it is of late',
  drift: 'how far it has drifted over the last minutes',
  season: 'its distance from the usual at this time of day',
  peers: 'its distance from devices of the same role',
};

/** What a feature of a metric looks at, in words; '' for one without words. `name`: as in an alert, e.g. `drift`. */
export function featureWords(name: string): string {
  return WORDS[name] ?? '';
}
