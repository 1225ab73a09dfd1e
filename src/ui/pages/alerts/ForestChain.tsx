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
          <th scope="col">A typical one</th>
        </tr>
      </thead>
      <tbody>
        {LINKS.map(({ name, how, value }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              <span className={styles.how}>{how(sample)}</span>
            </th>
            <td>{value(sample)}</td>
            <td>{value(typical)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Link {
  readonly name: string;
  readonly how: (chain: ScoreChain) => string;
  readonly value: (chain: ScoreChain) => string;
}

const LINKS: readonly Link[] = [
  {
    name: 'Mean path',
    how: ({ trees }) => `over all ${formatNumber(trees)} trees`,
    value: ({ meanLength }) => `${formatNumber(meanLength, 2)} steps`,
  },
  {
    name: 'Raw score',
    how: ({ cPsi }) => `2^(−mean path / ${formatNumber(cPsi, 2)})`,
    value: ({ rawScore }) => formatNumber(rawScore, 3),
  },
  {
    name: 'Rarity',
    how: () => 'normal samples for one that scores so high',
    value: ({ rarity, oneIn }) => `${formatNumber(rarity, 1)}: 1 in ${formatCount(Math.round(oneIn))}`,
  },
  {
    name: 'Anomaly score',
    how: () => 'ten points for each factor of ten',
    value: ({ score }) => formatNumber(score),
  },
];
