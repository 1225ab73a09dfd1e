import { formatNumber } from '../../format';
import layout from '../layout.module.css';
import styles from './forest.module.css';
import type { TreeStory } from './forest-story';

interface TreeBarsProps {
  readonly stories: readonly TreeStory[];
  /** Mean path length of an ordinary sample, drawn as a line. */
  readonly cPsi: number;
  readonly picked: number;
  readonly onPick: (tree: number) => void;
}

/** The shortest paths, a bar a tree: the sample's path length before the typical one's. A bar picks its tree. */
export function TreeBars({ stories, cPsi, picked, onPick }: TreeBarsProps) {
  const most = Math.max(cPsi, ...stories.flatMap((story) => [story.length, story.typical?.length ?? 0]));
  const part = (length: number): string => `${(length / most) * 100}%`;
  return (
    <fieldset className={styles.bars} aria-label="Trees with the shortest paths">
      <legend className={layout.heading}>
        Path length in the {formatNumber(stories.length)} trees with the shortest
      </legend>
      <div className={styles.plot}>
        <span className={styles.ordinary} style={{ bottom: part(cPsi) }} aria-hidden="true" />
        {stories.map((story) => (
          <button
            key={story.tree}
            type="button"
            className={styles.tree}
            aria-pressed={story.tree === picked}
            aria-label={labelOf(story)}
            title={labelOf(story)}
            onClick={() => onPick(story.tree)}
          >
            <span className={styles.typicalBar} style={{ height: part(story.typical?.length ?? 0) }} />
            <span className={styles.sampleBar} style={{ height: part(story.length) }} />
          </button>
        ))}
      </div>
      <p className={styles.key}>
        <span className={styles.sampleKey}>this sample</span>
        <span className={styles.typicalKey}>a typical one</span>
        <span>line: ordinary, {formatNumber(cPsi, 1)} steps</span>
      </p>
    </fieldset>
  );
}

function labelOf({ tree, length, typical }: TreeStory): string {
  const own = `Tree ${tree + 1}: path of ${formatNumber(length, 1)}`;
  return typical === undefined ? own : `${own}, a typical sample ${formatNumber(typical.length, 1)}`;
}
