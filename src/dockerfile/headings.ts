/** Comments that divide the file, and say nothing of the one instruction below them. */

/** `# [START web]`, `# tag::run[]`, `#region tools`, `# <editor-fold>`: what documentation cuts out, or an editor folds. */
const REGION_MARK = /^#\s*(?:\[\/?(?:START|END)\b|(?:tag|end)::|#?(?:end)?region\b|<\/?editor-fold|\{\{\{|\}\}\})/i;

/** A line of signs, or words after them: `#####`, `# --- tools`, `# == tools`. */
const OPENING_SIGNS = /^#\s*(?:#{2}|[=*~_+-]{3}|[=*~_+-]{2}\s|(?:[#=*~_+-]\s*)?$)/;
/** Words before them: `## tools ##`, `# tools ---`. */
const CLOSING_SIGNS = /(?:##|[=*~_+-]{3})$/;

/** `# 1. tools`, `# Step 2: tools`, `# Stage 3`. */
const NUMBERED = /^#\s*(?:(?:step|stage|part|section|phase)\s+)?\d+\s*(?:[.):]|-\s|$)/i;

export function isHeading(comment: string): boolean {
  return (
    OPENING_SIGNS.test(comment) ||
    CLOSING_SIGNS.test(comment.trimEnd().slice(-3)) ||
    NUMBERED.test(comment) ||
    REGION_MARK.test(comment)
  );
}
