/** Ways in which a build reads the repository around its context. */
import { followed } from '../../text-test.js';

const READS_GIT =
  /(?:^|[\s"'`(;&|=])git\s+(?:-\w+\s+\S+\s+){0,8}(?:describe|rev-parse|rev-list|log|show|status|submodule|diff|tag|branch|ls-files|symbolic-ref|lfs|checkout|reset|apply|stash|config --(?:local|get))\b|setuptools[_-](?:scm|git)|flit[_-]scm|versioningit|dunamai|source\s*=\s*["']scm|jgitver|reckon|git-?versioning|versioneer|hatch-vcs|vcs-versioning|dynamic-versioning|\bpbr\b|gitversion|nbgv|nerdbank|minver|sourcelink|git-?commit-?id|buildnumber|-buildvcs(?!=false)|git-version|gradle-git|git-properties|axion|jgit|nebula|vergen|\bgit2\b|shadow-rs|git-revision|git-rev|git-describe|genversion|lefthook|simple-git-hooks|yorkie|(?:^|[\s"'`=:(,])(?:\.\/)?\.git(?![\w.-]|\/?["'@#]\w)/i;

const INSTALLS_GIT = followed(/\b(?:install|add)\b/, /\sgit(?=[\s=]|$)/, /[&|;]/);

/** A manifest, build file or script of the context: it runs git, or a tool that does. */
export function readsGit(text: string): boolean {
  return READS_GIT.test(text);
}

/**
 * What RUNs say: they run git, or install it before a build; or their tool stamps the commit into what it builds: .NET (Source Link, since SDK 8)
 * and Go, unless it is told not to.
 */
export function runsReadGit(runs: string): boolean {
  return (
    READS_GIT.test(runs) ||
    INSTALLS_GIT.test(runs) ||
    /\bdotnet\s+(?:build|publish|pack|msbuild)\b/.test(runs) ||
    (/\bgo\s+(?:build|install)\b/.test(runs) && !/-buildvcs=false\b/.test(runs))
  );
}
