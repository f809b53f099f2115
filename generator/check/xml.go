package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"broadsheet/generator/diag"

	"golang.org/x/net/html"
)

// namespaces are those in which a browser knows elements, as allowed names them.
var namespaces = map[string]string{
	"http://www.w3.org/1999/xhtml": "", "http://www.w3.org/2000/svg": "svg", "http://www.w3.org/1998/Math/MathML": "math",
	"http://www.w3.org/1999/xlink": "xlink", "http://www.w3.org/XML/1998/namespace": "xml", "xmlns": "xmlns",
}

// drawn are how the namespaces begin in which programs that draw keep notes of their own in a picture.
var drawn = []string{
	"http://www.inkscape.org/", "http://sodipodi.sourceforge.net/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/dc/", "http://creativecommons.org/ns#",
	"http://web.resource.org/cc/", "http://ns.adobe.com/", "http://www.bohemiancoding.com/", "https://boxy-svg.com", "http://www.serif.com/", "http://vectornator.io",
}

// readXML goes through a picture, or another XML file such as a feed.
func (p *page) readXML(text []byte) {
	isPicture := strings.HasSuffix(strings.ToLower(p.name), ".svg")
	decoder := xml.NewDecoder(bytes.NewReader(text))
	style := "" // what a <style> says so far
	inStyle := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			p.fail(diag.Problem{Message: "the file is not XML in UTF-8", Found: strings.TrimPrefix(err.Error(), "XML syntax error ")})
			return
		}
		switch t := token.(type) {
		case xml.ProcInst:
			if t.Target != "xml" {
				p.fail(diag.Problem{Message: "a file with <?" + t.Target + "?>", Hint: "take it out"}, "<?"+t.Target)
			}
		case xml.Directive:
			if bytes.ContainsAny(t, "[") {
				p.fail(diag.Problem{Message: "a file that declares entities in <!DOCTYPE>", Hint: "save it as plain SVG"}, "<!DOCTYPE")
			}
		case xml.StartElement:
			space, known := namespaces[t.Name.Space]
			switch {
			case known && space == "" && t.Name.Local != "link": // which sitemaps have
				p.fail(diag.Problem{Message: "HTML in an XML file: <" + t.Name.Local + ">", Hint: "a page is a file .html"}, "<"+t.Name.Local)
			case known:
				p.attributes(space, t.Name.Local, p.ofXML(t.Attr, isPicture))
			case isPicture && !isDrawn(t.Name.Space):
				p.fail(diag.Problem{Message: "a picture with the element <" + t.Name.Local + ">", Found: "the namespace " + diag.Quote(t.Name.Space), Expected: "shapes and text of SVG", Hint: "save it as plain SVG"}, "<"+t.Name.Local)
			}
			inStyle, style = known && t.Name.Local == "style", ""
		case xml.CharData:
			if inStyle {
				style += string(t)
			}
		case xml.EndElement:
			if inStyle {
				p.readCSS(style, "the style sheet")
			}
			inStyle = false
		}
	}
}

// ofXML are attributes as HTML has them.
func (p *page) ofXML(list []xml.Attr, isPicture bool) []html.Attribute {
	var attributes []html.Attribute
	for _, a := range list {
		space, known := namespaces[a.Name.Space]
		switch {
		case a.Name.Space == "":
			attributes = append(attributes, html.Attribute{Key: a.Name.Local, Val: a.Value})
		case known:
			attributes = append(attributes, html.Attribute{Namespace: space, Key: a.Name.Local, Val: a.Value})
		case isPicture && !isDrawn(a.Name.Space):
			p.refuse(a.Name.Space, a.Name.Local)
		}
	}
	return attributes
}

func isDrawn(space string) bool {
	for _, known := range drawn {
		if strings.HasPrefix(space, known) {
			return true
		}
	}
	return false
}
