package dataset

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// Connection is a server that runs extracts. Who asks it, and with what password, is in the environment: BROADSHEET_NAME_USER and
// BROADSHEET_NAME_PASSWORD. A build opens none.
type Connection struct {
	Name     string `json:"name,omitzero"`
	Driver   string `json:"driver,omitzero"` // one of Drivers
	Host     string `json:"host,omitzero"`
	Port     int    `json:"port,omitzero"`     // that of the driver, where none is given
	Database string `json:"database,omitzero"` // of Trino the catalog, or CATALOG.SCHEMA
	TLS      *bool  `json:"tls,omitzero"`      // encrypted unless the server is this machine
}

// Drivers are the engines that run extracts.
var Drivers = []string{"clickhouse", "postgresql", "trino"}

// Encrypted reports whether the server must show a certificate for its name.
func (c Connection) Encrypted() bool {
	if c.TLS != nil {
		return *c.TLS
	}
	ip := net.ParseIP(c.Host)
	return c.Host != "localhost" && (ip == nil || !ip.IsLoopback())
}

// Address is the host with its port.
func (c Connection) Address() string {
	port := c.Port
	if port == 0 {
		switch {
		case c.Driver == "postgresql":
			port = 5432
		case c.Driver == "clickhouse" && c.Encrypted():
			port = 8443
		case c.Driver == "clickhouse":
			port = 8123
		case c.Encrypted():
			port = 443
		default:
			port = 8080
		}
	}
	return net.JoinHostPort(c.Host, strconv.Itoa(port))
}

// Server names the engine, the machine and the database, and nobody's name or password.
func (c Connection) Server() string { return c.Driver + "://" + c.Address() + "/" + c.Database }

// Variable is the name in the environment of what nobody else may know of the connection, such as its PASSWORD.
func (c Connection) Variable(what string) string {
	return "BROADSHEET_" + strings.ToUpper(c.Name) + "_" + what
}

// Connection is the connection of that name, or nil.
func (p *Package) Connection(name string) *Connection {
	for i := range p.Connections {
		if p.Connections[i].Name == name {
			return &p.Connections[i]
		}
	}
	return nil
}

// ConnectionNames lists them.
func (p *Package) ConnectionNames() (names []string) {
	for _, c := range p.Connections {
		names = append(names, c.Name)
	}
	return names
}

func (p *Package) checkConnections(doc *config.Document, problems *diag.List) {
	var taken []string
	for i, c := range p.Connections {
		fail := func(p diag.Problem, key string) { problems.Add(doc.Problem(p, "connections", i, key)) }
		switch {
		case !tableName.MatchString(c.Name) || len(c.Name) > longestName:
			fail(diag.Problem{Message: "the name of a connection", Found: diag.Quote(c.Name), Expected: "small letters, digits and _, starting with a letter"}, "name")
		case slices.Contains(taken, c.Name):
			fail(diag.Problem{Message: "two connections have the name " + diag.Quote(c.Name)}, "name")
		}
		taken = append(taken, c.Name)
		if !slices.Contains(Drivers, c.Driver) {
			fail(diag.Problem{Message: "the driver of a connection", Found: diag.Quote(c.Driver), Expected: strings.Join(Drivers, ", "), Hint: diag.Nearest(c.Driver, Drivers)}, "driver")
		}
		if c.Host == "" || strings.ContainsAny(c.Host, "/@?#% \t\r\n") || strings.Contains(c.Host, ":") && net.ParseIP(c.Host) == nil {
			// which may hold a password
			fail(diag.Problem{Message: "the host of a connection", Expected: "the name of a machine, such as db.example.org", Hint: "the port, the database and who connects are given apart"}, "host")
		}
		if c.Port < 0 || c.Port > 65535 {
			fail(diag.Problem{Message: "the port of a connection", Found: strconv.Itoa(c.Port), Expected: "a number from 1 to 65535"}, "port")
		}
		if c.Database == "" || strings.ContainsFunc(c.Database, func(r rune) bool { return r < ' ' || strings.ContainsRune("/@?#", r) }) {
			fail(diag.Problem{Message: "the database of a connection", Expected: "the name of a database, such as grants"}, "database")
		}
		for _, key := range doc.Keys("connections", i) {
			if secretive.MatchString(key) || slices.Contains([]string{"user", "username", "dsn", "url", "uri"}, strings.ToLower(key)) {
				fail(diag.Problem{Message: "a secret in a file: " + diag.Quote(key), Hint: "take it out, and set " + c.Variable("USER") + " and " + c.Variable("PASSWORD") + " in the environment"}, key)
			}
		}
	}
}
