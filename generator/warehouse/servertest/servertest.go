// Package servertest starts database servers for tests: PostgreSQL and ClickHouse, as Debian has them. They run on this machine, on ports that are free,
// with all of their files in a directory of their own, as a user who may do little, and end with the test.
package servertest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// User and Password are those of a reader, whom each server lets in. The password is in no file of a report.
const (
	User     = "reader"
	Password = "pa55-w0rd-nobody-knows"
)

// Server is one that runs.
type Server struct {
	Port, TLSPort int // of PostgreSQL both are the same
	process       *exec.Cmd
	directory     string
	tools         string // directory of programs
}

// Kill ends the server at once, as a machine that loses power.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if err := syscall.Kill(-s.process.Process.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = s.process.Wait() // it was killed
}

// start runs a program in a directory, which belongs to whom the program runs as, until a signal.
func start(t testing.TB, end syscall.Signal, directory, program string, args ...string) *exec.Cmd {
	t.Helper()
	c := command(directory, program, args...)
	log, err := os.Create(filepath.Join(directory, "log"))
	if err != nil {
		t.Fatal(err)
	}
	c.Stdout, c.Stderr = log, log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(end) // it may be over
		_ = c.Wait()
		_ = log.Close()
	})
	return c
}

// command runs a program in a group of its own, and never as root, whom PostgreSQL refuses.
func command(directory, program string, args ...string) *exec.Cmd {
	c := exec.Command(program, args...)
	c.Dir = directory
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: somebody()}
	endWithParent(c.SysProcAttr)
	c.Env = []string{"LANG=C.UTF-8", "PATH=" + os.Getenv("PATH"), "HOME=" + directory, "TZ=UTC"}
	return c
}

func somebody() *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.ParseUint(u.Uid, 10, 32) // as the system has it
			gid, _ := strconv.ParseUint(u.Gid, 10, 32)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	return nil
}

// newDirectory is outside of t.TempDir, which only this user can enter.
func newDirectory(t testing.TB) string {
	t.Helper()
	name, err := os.MkdirTemp("", "broadsheet-server-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(name) })
	give(t, name)
	return name
}

// give gives a file to the user of the servers.
func give(t testing.TB, name string) {
	t.Helper()
	if c := somebody(); c != nil {
		if err := os.Chown(name, int(c.Uid), int(c.Gid)); err != nil {
			t.Fatal(err)
		}
	}
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	give(t, name)
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// wait waits until a server answers.
func wait(t testing.TB, s *Server, what string, answers func() error) {
	t.Helper()
	var err error
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if err = answers(); err == nil {
			return
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.directory, "log"))
	t.Fatalf("%s does not start: %v\n%s", what, err, log[max(0, len(log)-2000):])
}

// PostgreSQL starts a server with an empty database called grants, in which the reader may read all that is made.
func PostgreSQL(t testing.TB) *Server {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // where Debian has them, and not in PATH
	if path, err := exec.LookPath("initdb"); err == nil && len(found) == 0 {
		found = append(found, path)
	}
	if len(found) == 0 {
		t.Fatal("PostgreSQL is missing: apt-get install postgresql")
	}
	s := &Server{directory: newDirectory(t), Port: freePort(t), tools: filepath.Dir(slices.Max(found))}
	s.TLSPort = s.Port
	write(t, filepath.Join(s.directory, "password"), Password)
	data := filepath.Join(s.directory, "data")
	if out, err := command(s.directory, filepath.Join(s.tools, "initdb"), "-D", data, "-U", "owner", "-A", "scram-sha-256", "--pwfile", filepath.Join(s.directory, "password"), "--no-sync", "--no-instructions", "-E", "UTF8", "--locale", "C.UTF-8").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	certificate, key, _ := Certificate(t)
	write(t, filepath.Join(s.directory, "crt"), certificate)
	write(t, filepath.Join(s.directory, "key"), key)
	args := []string{"-D", data}
	for _, setting := range []string{
		"listen_addresses=127.0.0.1", "port=" + strconv.Itoa(s.Port), "unix_socket_directories=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "shared_buffers=256MB", "autovacuum=off",
		"ssl=on", "ssl_cert_file=" + filepath.Join(s.directory, "crt"), "ssl_key_file=" + filepath.Join(s.directory, "key"), "ssl_ca_file=",
	} {
		args = append(args, "-c", setting)
	}
	s.process = start(t, syscall.SIGQUIT, s.directory, filepath.Join(s.tools, "postgres"), args...)
	wait(t, s, "PostgreSQL", func() error {
		out, err := s.psql("postgres", "SELECT 1").CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	})
	s.SQL(t, "CREATE ROLE "+User+" LOGIN PASSWORD '"+Password+"'", "CREATE DATABASE grants", "GRANT pg_read_all_data TO "+User)
	return s
}

func (s *Server) psql(database, sql string) *exec.Cmd {
	c := command(s.directory, filepath.Join(s.tools, "psql"), "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", strconv.Itoa(s.Port), "-U", "owner", "-d", database, "-c", sql)
	c.Env = append(c.Env, "PGPASSWORD="+Password)
	return c
}

// SQL runs statements as the owner, on PostgreSQL: those that make a database and roles in the first one, others in grants.
func (s *Server) SQL(t testing.TB, statements ...string) string {
	t.Helper()
	var said bytes.Buffer
	for _, sql := range statements {
		database := "grants"
		if strings.HasPrefix(sql, "CREATE ROLE") || strings.HasPrefix(sql, "CREATE DATABASE") {
			database = "postgres"
		}
		out, err := s.psql(database, sql).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", sql, err, out)
		}
		said.Write(out)
	}
	return strings.TrimSpace(said.String())
}

// ClickHouse starts some servers that are a cluster, called all, of one shard each.
func ClickHouse(t testing.TB, nodes int) []*Server {
	t.Helper()
	program := "/usr/sbin/clickhouse-server"
	if path, err := exec.LookPath("clickhouse-server"); err == nil {
		program = path
	} else if _, err := os.Stat(program); err != nil {
		t.Fatal("ClickHouse is missing: apt-get install clickhouse-server")
	}
	var servers []*Server
	var native []int
	shards := ""
	for range nodes {
		s := &Server{directory: newDirectory(t), Port: freePort(t), TLSPort: freePort(t)}
		servers, native = append(servers, s), append(native, freePort(t))
		shards += fmt.Sprintf("<shard><replica><host>127.0.0.1</host><port>%d</port><user>%s</user><password>%s</password></replica></shard>", native[len(native)-1], User, Password)
	}
	for i, s := range servers {
		in := func(name string) string { return filepath.Join(s.directory, name) }
		certificate, key, _ := Certificate(t)
		write(t, in("crt"), certificate)
		write(t, in("key"), key)
		write(t, in("config.xml"), fmt.Sprintf(`<yandex>
<logger><level>error</level><console>1</console></logger>
<http_port>%d</http_port><https_port>%d</https_port><tcp_port>%d</tcp_port><interserver_http_port>%d</interserver_http_port><listen_host>127.0.0.1</listen_host>
<openSSL><server><certificateFile>%s</certificateFile><privateKeyFile>%s</privateKeyFile><verificationMode>none</verificationMode><loadDefaultCAFile>false</loadDefaultCAFile></server></openSSL>
<path>%s/</path><tmp_path>%s/</tmp_path><user_files_path>%s/</user_files_path><users_config>users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>100000000</mark_cache_size><timezone>UTC</timezone>
<remote_servers><all>%s</all></remote_servers></yandex>`, s.Port, s.TLSPort, native[i], freePort(t), in("crt"), in("key"), in("data"), in("tmp"), in("files"), shards))
		write(t, in("users.xml"), fmt.Sprintf(`<yandex><profiles><default><max_memory_usage>2000000000</max_memory_usage></default><fixed><readonly>1</readonly></fixed></profiles>
<users><%[1]s><password>%[2]s</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></%[1]s>
<fixed><password>%[2]s</password><networks><ip>127.0.0.1</ip></networks><profile>fixed</profile><quota>default</quota></fixed></users><quotas><default></default></quotas></yandex>`, User, Password))
		s.process = start(t, syscall.SIGKILL, s.directory, program, "--config-file="+in("config.xml"))
	}
	for _, s := range servers {
		wait(t, s, "ClickHouse", func() error {
			response, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/ping", s.Port))
			if err == nil {
				_ = response.Body.Close()
			}
			return err
		})
	}
	return servers
}

// Query runs a statement on ClickHouse.
func (s *Server) Query(t testing.TB, statement string) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, fmt.Sprintf("http://127.0.0.1:%d/", s.Port), strings.NewReader(statement))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-ClickHouse-User", User)
	request.Header.Set("X-ClickHouse-Key", Password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v\n%s", statement, response.StatusCode, err, text)
	}
	return strings.TrimSpace(string(text))
}

// authority signs the certificates of all servers of the tests.
var authority = func() (made struct {
	key         *ecdsa.PrivateKey
	certificate *x509.Certificate
	pem         string
}) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	made.key = key
	made.certificate = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "A test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, made.certificate, made.certificate, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	made.pem = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return made
}()

// Certificate makes one for localhost, and for no number of it, and that of who signs.
func Certificate(t testing.TB) (certificate, key, signer string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, authority.certificate, &private.PublicKey, authority.key)
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: bytes})), authority.pem
}
