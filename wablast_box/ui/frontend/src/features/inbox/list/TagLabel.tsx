import type { Tag } from '@/api/types';
import classes from './TagLabel.module.css';

interface TagLabelProps {
  tag: Tag;
}

export const TagLabel = ({ tag }: TagLabelProps) => <span className={classes.tag} data-color={tag.color}><bdi>{tag.name}</bdi></span>;

interface TagDotProps {
  color: string;
}

export const TagDot = ({ color }: TagDotProps) => <span className={classes.dot} data-color={color} aria-hidden />;

export const TAG_COLORS = ['gray', 'red', 'orange', 'amber', 'lime', 'green', 'teal', 'blue', 'indigo', 'grape', 'pink'] as const;

/** A colour of its own for most names, always the same for one. */
export const colorFor = (name: string): string => {
  const sum = [...name.toLocaleLowerCase()].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  return TAG_COLORS[1 + (sum % (TAG_COLORS.length - 1))] ?? 'gray';
};
