package main

import (
	"flag"
	"log"
	"net/http"
	"os"

	"gopkg.in/yaml.v3"
)

type config struct {
	Listen string `yaml:"listen"`
}

func main() {
	path := flag.String("config", "service.yaml", "configuration file")
	flag.Parse()
	text, err := os.ReadFile(*path)
	if err != nil {
		log.Fatal(err)
	}
	var c config
	if err := yaml.Unmarshal(text, &c); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(c.Listen, http.NotFoundHandler()))
}
