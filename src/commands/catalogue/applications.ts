import { rows } from './rows.js';
import type { Row } from './types.js';

/** Servers, tools and runners that are known by a name of their own: what they are for takes no package of the system. */
export const applicationRows: readonly Row[] = [
  // They run a project's own code.
  ...rows('jupyter jupyter-lab jupyter-notebook ipython ipython3 papermill voila bokeh airflow superset mlflow', {
    language: 'python',
    groups: ['apt-free'],
  }),
  ...rows('scrapy chainlit vllm rasa sphinx-build alembic honcho twistd snakemake', {
    language: 'python',
    groups: ['apt-free'],
  }),
  ...rows('pm2 forever json-server hexo node-red lerna ganache ganache-cli truffle hardhat', {
    language: 'node',
    groups: ['apt-free'],
  }),
  ...rows('spark-submit spark-shell', { language: 'java', groups: ['apt-free'] }),
  ...rows('plackup starman hypnotoad elixir erl', { language: 'scripted', groups: ['apt-free'] }),

  ...rows('catalina.sh elasticsearch kibana logstash neo4j cassandra zkServer.sh zookeeper-server-start.sh', {
    groups: ['apt-free'],
  }),
  ...rows('kafka-server-start.sh kafka-topics.sh hdfs hadoop start-dfs.sh start-yarn.sh beeline schematool', {
    groups: ['apt-free'],
  }),
  ...rows('grafana-server prometheus nats-server etcd minio telegraf fluentd fluent-bit filebeat metricbeat', {
    groups: ['apt-free'],
  }),
  ...rows('zabbix_agentd zabbix_server collectd clickhouse-server clickhouse-client cockroach envoy geth', {
    groups: ['apt-free'],
  }),
  ...rows('code-server rstudio-server shiny-server ollama tritonserver chromedriver geckodriver phantomjs', {
    groups: ['apt-free'],
  }),
  ...rows('steamcmd steamcmd.sh srcds_run nvidia-smi flyway liquibase mongodump mongorestore pgbench redis-benchmark', {
    groups: ['apt-free'],
  }),

  ...rows('wkhtmltopdf pdflatex latexmk xelatex lualatex inkscape libreoffice soffice tesseract', {
    groups: ['apt-free'],
  }),
  ...rows('kubectl helm gh git-lfs gcloud gsutil az adb sdkmanager avdmanager', { groups: ['apt-free'] }),
  ...rows('less more bc dc strace ltrace gdb valgrind siege iperf iperf3 aria2c sftp lftp restic', {
    groups: ['apt-free'],
  }),
  ...rows('black flake8 mypy pylint isort', { groups: ['apt-free'] }),
  ...rows(
    'samtools bcftools bwa bowtie2 blastn fastqc STAR hisat2 salmon kallisto bedtools vcftools minimap2 cutadapt',
    {
      groups: ['apt-free'],
    },
  ),
];
