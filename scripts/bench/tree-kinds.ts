// The kinds of repositories that the benchmark writes: what lies at their root, what each of their parts has, and their sources.

export type Files = Readonly<Record<string, string>>;

export interface TreeKind {
  readonly name: string;
  /** Files at the root, by path; `parts` are the folders of the parts. */
  readonly root: (parts: readonly string[]) => Files;
  /** The folder of one part, from the root. */
  readonly part: (index: number) => string;
  /** Files of one part, by their path from its folder. */
  readonly filesOf: (part: string) => Files;
  /** A source file's path from the folder of its part. */
  readonly source: (index: number) => string;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const lastName = (part: string): string => part.slice(part.lastIndexOf('/') + 1);
const folderOf = (index: number): string => `module${index % 23}/group${index % 7}`;

function packageLock(part: string): string {
  const entries = Array.from({ length: 400 }, (_, i): [string, object] => {
    const resolved = `https://registry.example/dep-${i}/-/dep-${i}-1.0.${i}.tgz`;
    return [`node_modules/dep-${i}`, { version: `1.0.${i}`, resolved, integrity: `sha512-${'a'.repeat(86)}==` }];
  });
  return json({ name: lastName(part), lockfileVersion: 3, packages: Object.fromEntries(entries) });
}

const NODE: TreeKind = {
  name: 'Node monorepo',
  root: (parts) => ({
    'package.json': json({ name: 'shop', private: true, workspaces: ['packages/*'], scripts: { build: 'tsc -b' } }),
    'package-lock.json': packageLock('shop'),
    'tsconfig.json': json({ references: parts.map((path) => ({ path })) }),
    Dockerfile:
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["node", "packages/part-0/dist/index.js"]\n',
  }),
  part: (index) => `packages/part-${index}`,
  filesOf: (part) => ({
    'package.json': json({ name: lastName(part), main: 'dist/index.js', dependencies: { 'dep-1': '^1.0.0' } }),
    'package-lock.json': packageLock(part),
    Dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\nEXPOSE 3000\nCMD ["node", "src/index.js"]\n',
  }),
  source: (index) => `src/${folderOf(index)}/file${index}.ts`,
};

const GO: TreeKind = {
  name: 'Go module',
  root: () => ({
    'go.mod': 'module example.com/shop\n\ngo 1.22\n\nrequire github.com/lib/pq v1.10.9\n',
    'go.sum': 'github.com/lib/pq v1.10.9 h1:YXG7RB+JIjhP29X+OtkiDnYaXQwpS4JEWq7dtCCRUEw=\n'.repeat(300),
    Makefile: 'build:\n\tgo build ./...\nimage:\n\tdocker build -f cmd/part-0/Dockerfile .\n',
  }),
  part: (index) => `cmd/part-${index}`,
  filesOf: (part) => ({
    'main.go': 'package main\n\nfunc main() {}\n',
    Dockerfile: `FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build -o /out ./${part}\nFROM alpine\nRUN apk add ca-certificates\nCOPY --from=build /out /out\nCMD ["/out"]\n`,
  }),
  source: (index) => `internal/${folderOf(index)}/file${index}.go`,
};

const PYTHON: TreeKind = {
  name: 'Python services',
  root: () => ({ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n', 'README.md': '# Services\n' }),
  part: (index) => `services/part-${index}`,
  filesOf: (part) => ({
    'requirements.txt': 'flask==3.0.0\nrequests==2.31.0\n'.repeat(20),
    'pyproject.toml': `[project]\nname = "${lastName(part)}"\nversion = "1.0"\n`,
    Dockerfile:
      'FROM python\nWORKDIR /app\nADD . /app\nRUN apt-get update\nRUN apt-get install -y gcc\nRUN pip install -r requirements.txt\nCMD ["python", "app/main.py"]\n',
    'app/main.py': 'import os\nimport flask\n\napp = flask.Flask(__name__)\n',
  }),
  source: (index) => `app/${folderOf(index)}/file${index}.py`,
};

const MAVEN: TreeKind = {
  name: 'Maven multi-module',
  root: (parts) => ({
    'pom.xml': `<project>\n  <modelVersion>4.0.0</modelVersion>\n  <groupId>shop</groupId>\n  <artifactId>shop</artifactId>\n  <version>1</version>\n  <packaging>pom</packaging>\n  <modules>\n${parts.map((part) => `    <module>${part}</module>\n`).join('')}  </modules>\n</project>\n`,
    Dockerfile: 'FROM maven:3.9\nWORKDIR /src\nCOPY . .\nRUN mvn dependency:go-offline\nRUN mvn package\n',
  }),
  part: (index) => `part-${index}`,
  filesOf: (part) => ({
    'pom.xml': `<project>\n  <parent>\n    <groupId>shop</groupId>\n    <artifactId>shop</artifactId>\n    <version>1</version>\n  </parent>\n  <artifactId>${part}</artifactId>\n</project>\n`,
    Dockerfile: 'FROM eclipse-temurin:21\nADD target/app.jar /app.jar\nCMD ["java", "-jar", "/app.jar"]\n',
  }),
  source: (index) => `src/main/java/shop/${folderOf(index)}/File${index}.java`,
};

const DOTNET: TreeKind = {
  name: '.NET solution',
  root: (parts) => ({
    'Shop.sln': `Microsoft Visual Studio Solution File, Format Version 12.00\n${parts.map((part) => `Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "${lastName(part)}", "${part.replaceAll('/', '\\')}\\${lastName(part)}.csproj", "{0}"\nEndProject\n`).join('')}`,
    'Directory.Build.props':
      '<Project>\n  <PropertyGroup>\n    <Nullable>enable</Nullable>\n  </PropertyGroup>\n</Project>\n',
  }),
  part: (index) => `src/Shop.Part${index}`,
  filesOf: (part) => ({
    [`${lastName(part)}.csproj`]:
      '<Project Sdk="Microsoft.NET.Sdk">\n  <ItemGroup>\n    <PackageReference Include="Dapper" Version="2.1.0" />\n  </ItemGroup>\n</Project>\n',
    Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY . .\nRUN dotnet restore ${part}/${lastName(part)}.csproj\nRUN dotnet publish ${part} -c Release -o /out\n`,
  }),
  source: (index) => `${folderOf(index)}/File${index}.cs`,
};

const PHP: TreeKind = {
  name: 'PHP applications',
  root: () => ({ 'README.md': '# Applications\n', Makefile: 'up:\n\tdocker compose up\n' }),
  part: (index) => `apps/part-${index}`,
  filesOf: () => ({
    'composer.json': json({
      require: { php: '>=8.1', 'monolog/monolog': '^3.0' },
      autoload: { 'psr-4': { 'App\\': 'src/' } },
    }),
    'composer.lock': json({
      packages: Array.from({ length: 100 }, (_, i) => ({ name: `vendor/dep-${i}`, version: '1.0.0' })),
    }),
    Dockerfile:
      'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nRUN apt-get update && apt-get install -y unzip\nRUN composer install --no-dev\n',
  }),
  source: (index) => `src/${folderOf(index)}/File${index}.php`,
};

const RUBY: TreeKind = {
  name: 'Ruby applications',
  root: () => ({ 'README.md': '# Applications\n', 'bin/deploy': '#!/bin/sh\ndocker build -t app apps/part-0\n' }),
  part: (index) => `apps/part-${index}`,
  filesOf: () => ({
    Gemfile: "source 'https://rubygems.org'\ngem 'rails', '~> 7.1'\n",
    'Gemfile.lock': `GEM\n  remote: https://rubygems.org/\n  specs:\n${'    rails (7.1.2)\n'.repeat(200)}`,
    Dockerfile:
      'FROM ruby:3.3\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["bundle", "exec", "rails", "server"]\n',
  }),
  source: (index) => `app/${folderOf(index)}/file${index}.rb`,
};

const RUST: TreeKind = {
  name: 'Rust workspace',
  root: () => ({
    'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n',
    'Cargo.lock': `version = 3\n${'\n[[package]]\nname = "serde"\nversion = "1.0.0"\n'.repeat(300)}`,
  }),
  part: (index) => `crates/part-${index}`,
  filesOf: (part) => ({
    'Cargo.toml': `[package]\nname = "${lastName(part)}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nserde = "1"\n`,
    Dockerfile: `FROM rust:1.79 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release -p ${lastName(part)}\nFROM debian\nRUN apt-get update\nRUN apt-get install -y libssl3\nCOPY --from=build /src/target/release/${lastName(part)} /app\nCMD ["/app"]\n`,
  }),
  source: (index) => `src/${folderOf(index)}/file${index}.rs`,
};

export const TREE_KINDS: readonly TreeKind[] = [NODE, GO, PYTHON, MAVEN, DOTNET, PHP, RUBY, RUST];
