/// Lines of text files: splits, compression, encodings; typed columns built from text; the text and
/// binaryFile formats. The CSV and JSON rooms build on it.
package io.troupe.columnar.source.text;
