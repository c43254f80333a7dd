package sandbox_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// A test serves the sandbox, makes it misbehave, and looks at what reached it.
func ExampleServer() {
	s := sandbox.New(sandbox.Options{Projects: 10})
	s.Set(func(sw *sandbox.Switches) {
		sw.Faults = []*sandbox.Fault{{When: sandbox.On("GET", "/api/v2/projects/*"), Times: 1, Status: 503}}
	})
	server := httptest.NewServer(s)
	defer server.Close()
	for range 2 {
		r, _ := http.NewRequest(http.MethodGet, server.URL+"/api/v2/projects/work_types", nil)
		r.Header.Set("Authorization", s.Admin().Authorization)
		resp, err := server.Client().Do(r)
		if err != nil {
			fmt.Println(err)
			return
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		fmt.Printf("%d %.60s\n", resp.StatusCode, body)
	}
	fmt.Println(s.CallCounts())
	// Output:
	// 503 {"error":{"code":"service_unavailable","message":"Service Un
	// 200 [{"id":1,"name":"Borne Résidentielle","value":"borne_residen
	// map[GET /api/v2/projects/work_types:2]
}
