package main

import (
	"context"
	"fmt"

	"github.com/compose-spec/compose-go/v2/cli"
)

// checkCompose loads the file as compose does, and looks at the gateway's service.
func checkCompose(path string, known map[string]bool) error {
	options, err := cli.NewProjectOptions([]string{path}, cli.WithEnv([]string{"CCUBE_TENANT=acme"}))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	gateway, err := project.GetService("gateway")
	if err != nil {
		return err
	}
	for name := range gateway.Environment {
		if !known[name] {
			return fmt.Errorf("%s: %s is no setting of the gateway's", path, name)
		}
	}
	for name, service := range project.Services {
		if !service.ReadOnly || len(service.CapDrop) == 0 {
			return fmt.Errorf("%s: %s may write, or has rights that it does not need", path, name)
		}
	}
	return nil
}
