/* What the LibXML module needs of libxml2, and nothing else. */
#ifndef FRONTLINE_CLIBXML2_SHIM_H
#define FRONTLINE_CLIBXML2_SHIM_H

/* Where libxml2 is built with ICU its headers bring in ICU's, which contradict the ICU inside Foundation; nothing used
   here depends on them. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxml/HTMLparser.h>

/* libxml2's variadic report function (xmlGenericErrorFunc) cannot be written in Swift: one that says nothing. */
static inline void frontline_xml_ignore_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

/* Sends the messages of one parser nowhere; its structured errors still arrive at `serror`. */
static inline void frontline_xml_silence(xmlSAXHandlerPtr sax) {
    sax->warning = frontline_xml_ignore_message;
    sax->error = frontline_xml_ignore_message;
    sax->fatalError = frontline_xml_ignore_message;
}

/* xmlFree is a global function pointer, which Swift 6 sees as mutable shared state. */
static inline void frontline_xml_free(void *memory) { xmlFree(memory); }

#endif
