package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// objects are the manifests, by what they are.
type objects struct {
	account    core.ServiceAccount
	config     core.ConfigMap
	deployment apps.Deployment
	service    core.Service
	scaler     autoscaling.HorizontalPodAutoscaler
	budget     policy.PodDisruptionBudget
	network    networking.NetworkPolicy
}

// checkKubernetes decodes every manifest strictly, and holds them to each other.
func checkKubernetes(folder string, known map[string]bool) error {
	var o objects
	targets := map[string]struct {
		into       any
		apiVersion string
	}{
		"ServiceAccount":          {&o.account, "v1"},
		"ConfigMap":               {&o.config, "v1"},
		"Deployment":              {&o.deployment, "apps/v1"},
		"Service":                 {&o.service, "v1"},
		"HorizontalPodAutoscaler": {&o.scaler, "autoscaling/v2"},
		"PodDisruptionBudget":     {&o.budget, "policy/v1"},
		"NetworkPolicy":           {&o.network, "networking.k8s.io/v1"},
	}
	kustomization := types.Kustomization{}
	text, err := os.ReadFile(filepath.Join(folder, "kustomization.yaml"))
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalStrict(text, &kustomization); err != nil {
		return fmt.Errorf("kustomization.yaml: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return err
	}
	var errs []error
	for _, file := range files {
		name := filepath.Base(file)
		if name == "kustomization.yaml" {
			continue
		}
		if !slices.Contains(kustomization.Resources, name) {
			errs = append(errs, fmt.Errorf("%s is not in kustomization.yaml", name))
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var kind meta.TypeMeta
		if err := yaml.Unmarshal(text, &kind); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
			continue
		}
		target, ok := targets[kind.Kind]
		if !ok || target.apiVersion != kind.APIVersion {
			errs = append(errs, fmt.Errorf("%s: %s %s is not known here", name, kind.APIVersion, kind.Kind))
			continue
		}
		delete(targets, kind.Kind)
		if err := yaml.UnmarshalStrict(text, target.into); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	for kind := range targets {
		errs = append(errs, fmt.Errorf("there is no %s", kind))
	}
	if len(errs) == 0 {
		errs = append(errs, o.fit(known)...)
	}
	return errors.Join(errs...)
}

// fit holds the objects to each other and to the gateway.
func (o objects) fit(known map[string]bool) (errs []error) {
	want := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	pods := o.deployment.Spec.Template
	selects := func(what string, s *meta.LabelSelector) {
		selector, err := meta.LabelSelectorAsSelector(s)
		want(err == nil && !selector.Empty() && selector.Matches(labels.Set(pods.Labels)), "the %s does not select the pods", what)
	}
	selects("Deployment", o.deployment.Spec.Selector)
	selects("PodDisruptionBudget", o.budget.Spec.Selector)
	selects("NetworkPolicy", &o.network.Spec.PodSelector)
	selects("Service", &meta.LabelSelector{MatchLabels: o.service.Spec.Selector})
	want(o.scaler.Spec.ScaleTargetRef.Name == o.deployment.Name, "the HorizontalPodAutoscaler scales something else")
	want(o.deployment.Spec.Replicas == nil, "the Deployment sets the number that the HorizontalPodAutoscaler does")
	want(pods.Spec.ServiceAccountName == o.account.Name, "the pods have another ServiceAccount")
	for name := range maps.Keys(o.config.Data) {
		want(known[name], "ConfigMap: %s is no setting of the gateway's", name)
	}
	for _, c := range pods.Spec.Containers {
		ports := map[string]bool{}
		for _, p := range c.Ports {
			ports[p.Name] = true
		}
		for _, p := range o.service.Spec.Ports {
			want(ports[p.TargetPort.StrVal], "the Service names a port that is not there: %s", p.TargetPort.StrVal)
		}
		for _, rule := range o.network.Spec.Ingress {
			for _, p := range rule.Ports {
				want(p.Port != nil && ports[p.Port.StrVal], "the NetworkPolicy names a port that is not there: %s", p.Port)
			}
		}
		for what, probe := range map[string]*core.Probe{"liveness": c.LivenessProbe, "readiness": c.ReadinessProbe, "startup": c.StartupProbe} {
			want(probe != nil && probe.HTTPGet != nil && ports[probe.HTTPGet.Port.StrVal], "there is no %s probe, or it has no port", what)
		}
		s := c.SecurityContext
		want(s != nil && s.ReadOnlyRootFilesystem != nil && *s.ReadOnlyRootFilesystem && s.AllowPrivilegeEscalation != nil && !*s.AllowPrivilegeEscalation &&
			s.Capabilities != nil && slices.Contains(s.Capabilities.Drop, "ALL"), "the container has rights that it does not need")
		want(c.Resources.Requests.Cpu().Sign() > 0 && c.Resources.Limits.Memory().Sign() > 0, "the container has no bounds")
	}
	p := pods.Spec.SecurityContext
	want(p != nil && p.RunAsNonRoot != nil && *p.RunAsNonRoot && p.SeccompProfile != nil, "the pods may be root")
	return errs
}
