/** The options of the `bulk` commands, as commander parses them. */
export interface BulkOptions {
  readonly quiet?: true;
  readonly diff?: true;
  readonly cache?: string;
  readonly queue?: string;
  readonly format?: 'text' | 'json';
  readonly deleteBranches?: true;
  readonly comment?: string;
  readonly output?: string;
  readonly fileTimeout?: number;
}
