// Serves the series that compare.py's other servers serve, with Prometheus' own library for Go: peer <port> <series>.
//
// Debian has the library: apt install golang-go golang-github-prometheus-client-golang-dev; compare.py builds this file
// with GO111MODULE=off GOPATH=/usr/share/gocode.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func main() {
	series, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	registry := prometheus.NewRegistry()
	share := series * 9 / 100
	for family := 0; family < 5; family++ {
		counter := prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: fmt.Sprintf("workload_requests_%d_total", family), Help: "Requests.",
		}, []string{"method", "path", "code"})
		gauge := prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: fmt.Sprintf("workload_temperature_%d", family), Help: "Temperature.",
		}, []string{"region", "host", "disk"})
		registry.MustRegister(counter, gauge)
		for row := 0; row < share; row++ {
			counter.WithLabelValues([]string{"GET", "POST", "PUT"}[row%3], fmt.Sprintf("/api/v1/resource/%d", row/15),
				strconv.Itoa(200+row%5)).Add(float64(row))
			gauge.WithLabelValues(fmt.Sprintf("eu-west-%d", row%3), fmt.Sprintf("host-%d", row/9),
				fmt.Sprintf("sd%d", row%9)).Set(float64(row) * 1234.56789 / 7)
		}
	}
	histogram := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "workload_latency_seconds", Help: "Latency.",
	}, []string{"method", "path", "code"})
	registry.MustRegister(histogram)
	rows := series / 140
	if rows < 1 {
		rows = 1
	}
	for row := 0; row < rows; row++ {
		histogram.WithLabelValues("GET", fmt.Sprintf("/api/v1/resource/%d", row), "200").Observe(float64(row % 10))
	}
	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	panic(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
