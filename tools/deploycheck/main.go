// Command deploycheck holds what is in deploy/ to what Kubernetes and compose take, without a network: manifests are decoded
// into Kubernetes' own types, of which no field may be unknown, and the compose file goes through compose's own loader.
//
// It checks what types cannot, too: that every selector finds the pods, that named ports are there, that a kustomization lists
// every file, and that settings are the gateway's. It is a module of its own, so that its dependencies are not the gateway's.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "deploycheck wants one argument: the project's root")
		os.Exit(2)
	}
	root := os.Args[1]
	known, err := settings(filepath.Join(root, "README.md"))
	if err == nil {
		err = errors.Join(checkKubernetes(filepath.Join(root, "deploy", "kubernetes"), known), checkCompose(filepath.Join(root, "deploy", "compose.yaml"), known))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "deploy/ cannot be used as it is:\n"+err.Error())
		os.Exit(1)
	}
	fmt.Println("deploy/ is what Kubernetes and compose take")
}
