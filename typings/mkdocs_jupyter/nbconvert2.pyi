from nbconvert.exporters.html import HTMLExporter as _HTMLExporter

HTMLExporter: type[_HTMLExporter]
