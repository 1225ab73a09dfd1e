import type { AlertTrace } from '../../../app/types';
import { formatCount, formatNumber } from '../../format';
import styles from './forest.module.css';
import { type ScoreChain, tellChain } from './forest-story';

/** The chain from path lengths to the anomaly score: this sample's beside a typical one's. */
export function ForestChain({ trace }: { readonly trace: AlertTrace }) {
  const sample = tellChain(trace.sample);
  const typical = tellChain(trace.typical);
  return (
    <table className={styles.chain}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Step</span>
          </th>
          <th scope="col">This sample</th>
          <th scope="col">Typical</th>
        </tr>
      </thead>
      <tbody>
        {LINKS.map(({ name, how, value }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              <span className={styles.how}>{how(sample)}</span>
            </th>
            <Value words={value(sample)} />
            <Value words={value(typical)} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ words: [main, below] }: { readonly words: ReturnType<Link['value']> }) {
  return (
    <td>
      {main}
      {below === undefined ? null : <span className={styles.how}>{below}</span>}
    </td>
  );
}

interface Link {
  readonly name: string;
  readonly how: (chain: ScoreChain) => string;
  /** The number, and what it means. */
  readonly value: (chain: ScoreChain) => readonly [main: string, below?: string];
}

const LINKS: readonly Link[] = [
  {
    name: 'Mean path',
    how: ({ trees }) => `over all ${formatNumber(trees)} trees`,
    value: ({ meanLength }) => [formatNumber(meanLength, 2), 'steps'],
  },
  {
    name: 'Raw score',
    how: ({ cPsi }) => `2^(−mean path / ${formatNumber(cPsi, 2)})`,
    value: ({ rawScore }) => [formatNumber(rawScore, 3)],
  },
  {
    name: 'Rarity',
    how: () => 'so few normal samples score as high',
    value: ({ rarity, oneIn }) => [formatNumber(rarity, 1), `1 in ${formatCount(Math.round(oneIn))}`],
  },
  {
    name: 'Anomaly score',
    how: () => 'ten points for each factor of ten',
    value: ({ score }) => [formatNumber(score)],
  },
];
