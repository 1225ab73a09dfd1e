import { formatNumber } from '../../format';
import styles from './forest.module.css';
import type { TreeStory } from './forest-story';

interface TreeStepsProps {
  readonly story: TreeStory;
  readonly labelOf: (metric: string) => string;
}

/** The sample's way down one tree, split by split, to its leaf. */
export function TreeSteps({ story, labelOf }: TreeStepsProps) {
  const { steps, leafSize, length, typical } = story;
  return (
    <div className={styles.way}>
      <p className={styles.wayTitle}>Tree {formatNumber(story.tree + 1)}</p>
      <ol className={styles.steps}>
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place on the way
          <li key={i} className={styles.step} data-parts={step.parts}>
            <span>
              {labelOf(step.metric)} {step.kind}{' '}
              <span className={styles.condition}>
                {step.side} {signed(step.threshold)}
              </span>
            </span>
            <span className={styles.value}>{signed(step.value)}</span>
            {step.parts ? (
              <span className={styles.parts}>a typical sample goes the other way here{endOf(story)}</span>
            ) : null}
          </li>
        ))}
        <li className={styles.leaf}>
          <span>
            Leaf at depth {formatNumber(steps.length)}: {rows(leafSize)}
          </span>
          <span className={styles.value}>{stepsOf(length)}</span>
        </li>
      </ol>
      {typical === undefined || steps.some((step) => step.parts) ? null : (
        <p className={styles.parts}>A typical sample goes the same way.</p>
      )}
    </div>
  );
}

function endOf({ typical }: TreeStory): string {
  if (typical === undefined) return '';
  return ` and ends at depth ${formatNumber(typical.depth)} among ${rows(typical.leafSize)}: ${stepsOf(typical.length)}`;
}

function rows(count: number): string {
  return count === 1 ? 'one training row' : `${formatNumber(count)} training rows`;
}

function stepsOf(length: number): string {
  return length === 1 ? '1 step' : `${formatNumber(length, 1)} steps`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value, 2)} σ`;
}
