"""Reads cases, one JSON object a line, and says of each page what its own parser finds wrong with it.

A case is {"id", "format", "gzip", "page" (base64), "samples" ([{"name", "labels", "value" (bits in hex)}])}. Prints a
line for every fault, and at the end how many cases and samples were read.
"""

import base64
import gzip
import io
import json
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from prometheus_client import parser
from prometheus_client.openmetrics import parser as openmetrics


def message_class():
    """`io.prometheus.client.MetricFamily`, from the fields of Prometheus' metrics.proto."""
    kinds = descriptor_pb2.FieldDescriptorProto
    types = {
        "string": kinds.TYPE_STRING, "double": kinds.TYPE_DOUBLE, "uint64": kinds.TYPE_UINT64,
        "sint32": kinds.TYPE_SINT32, "uint32": kinds.TYPE_UINT32, "sint64": kinds.TYPE_SINT64,
        "int64": kinds.TYPE_INT64, "int32": kinds.TYPE_INT32,
    }
    schema = {
        "LabelPair": "name 1 string, value 2 string",
        "Timestamp": "seconds 1 int64, nanos 2 int32",
        "Exemplar": "label 1 *LabelPair, value 2 double, timestamp 3 Timestamp",
        "Gauge": "value 1 double",
        "Counter": "value 1 double, exemplar 2 Exemplar, created_timestamp 3 Timestamp",
        "Quantile": "quantile 1 double, value 2 double",
        "Summary": "sample_count 1 uint64, sample_sum 2 double, quantile 3 *Quantile, created_timestamp 4 Timestamp",
        "Untyped": "value 1 double",
        "Bucket": "cumulative_count 1 uint64, upper_bound 2 double, exemplar 3 Exemplar",
        "BucketSpan": "offset 1 sint32, length 2 uint32",
        "Histogram": "sample_count 1 uint64, sample_sum 2 double, bucket 3 *Bucket, schema 5 sint32, "
        "zero_threshold 6 double, zero_count 7 uint64, negative_span 9 *BucketSpan, negative_delta 10 *sint64, "
        "positive_span 12 *BucketSpan, positive_delta 13 *sint64, created_timestamp 15 Timestamp",
        "Metric": "label 1 *LabelPair, gauge 2 Gauge, counter 3 Counter, summary 4 Summary, untyped 5 Untyped, "
        "histogram 7 Histogram",
        "MetricFamily": "name 1 string, help 2 string, type 3 int32, metric 4 *Metric, unit 5 string",
    }
    file = descriptor_pb2.FileDescriptorProto(name="metrics.proto", package="io.prometheus.client", syntax="proto2")
    for name, fields in schema.items():
        message = file.message_type.add(name=name)
        for field in fields.split(", "):
            label, number, kind = field.split(" ")
            repeated = kind.startswith("*")
            kind = kind.lstrip("*")
            added = message.field.add(
                name=label, number=int(number), label=kinds.LABEL_REPEATED if repeated else kinds.LABEL_OPTIONAL)
            if kind in types:
                added.type = types[kind]
            else:
                added.type = kinds.TYPE_MESSAGE
                added.type_name = ".io.prometheus.client." + kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("io.prometheus.client.MetricFamily"))


MetricFamily = message_class()


def bits(value):
    value = float(value)
    if value != value:
        return "nan"
    # Python's parser reads -0 as a whole number, which has no sign.
    return "%x" % struct.unpack(">Q", struct.pack(">d", value or 0.0))[0]


def from_text(page):
    for family in parser.text_fd_to_metric_families(io.StringIO(page, newline="\n")):
        for sample in family.samples:
            yield sample.name, dict(sample.labels), sample.value


def from_openmetrics(page):
    for family in openmetrics.text_fd_to_metric_families(io.StringIO(page, newline="\n")):
        for sample in family.samples:
            yield sample.name, dict(sample.labels), sample.value
            if sample.exemplar:
                labels = {**sample.labels, **{"#" + k: v for k, v in sample.exemplar.labels.items()}}
                yield sample.name + "#exemplar", labels, sample.exemplar.value
                if sample.exemplar.timestamp is not None:
                    yield sample.name + "#exemplar_time", labels, float(sample.exemplar.timestamp)


def messages(page):
    position = 0
    while position < len(page):
        length = shift = 0
        while True:
            byte = page[position]
            position += 1
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        if position + length > len(page):
            raise ValueError("a message is longer than the page")
        family = MetricFamily()
        family.ParseFromString(page[position : position + length])
        position += length
        yield family


def exemplar(name, labels, holder):
    if holder.HasField("exemplar"):
        found = {"#" + pair.name: pair.value for pair in holder.exemplar.label}
        yield name + "#exemplar", {**labels, **found}, holder.exemplar.value


def natives(spans, deltas):
    index = count = position = 0
    for span in spans:
        index += span.offset
        for _ in range(span.length):
            count += deltas[position]
            position += 1
            yield index, count
            index += 1
    if position != len(deltas):
        raise ValueError("spans and deltas do not match")


def from_protobuf(page):
    kinds = {0: "counter", 1: "gauge", 2: "summary", 3: "untyped", 4: "histogram", 5: "histogram"}
    seen = set()
    for family in messages(page):
        if family.name in seen:
            raise ValueError("family twice: " + family.name)
        seen.add(family.name)
        for metric in family.metric:
            labels = {pair.name: pair.value for pair in metric.label}
            if len(labels) != len(metric.label):
                raise ValueError("label twice in " + family.name)
            kind = kinds[family.type]
            if not metric.HasField(kind):
                raise ValueError(family.name + " has no " + kind)
            point = getattr(metric, kind)
            if kind in ("gauge", "untyped", "counter"):
                yield family.name, labels, point.value
                if kind == "counter":
                    yield from exemplar(family.name, labels, point)
            elif kind == "summary":
                yield family.name + "_count", labels, point.sample_count
                yield family.name + "_sum", labels, point.sample_sum
                for quantile in point.quantile:
                    yield family.name, {**labels, "quantile": repr(quantile.quantile)}, quantile.value
            else:
                for bucket in point.bucket:
                    where = {**labels, "le": repr(bucket.upper_bound)}
                    yield family.name + "_bucket", where, bucket.cumulative_count
                    yield from exemplar(family.name + "_bucket", where, bucket)
                yield family.name + "_count", labels, point.sample_count
                yield family.name + "_sum", labels, point.sample_sum
                if point.HasField("schema"):
                    yield family.name + "#schema", labels, point.schema
                    yield family.name + "#zero_threshold", labels, point.zero_threshold
                    yield family.name + "#zero_count", labels, point.zero_count
                    for sign, spans, deltas in (
                        ("+", point.positive_span, point.positive_delta),
                        ("-", point.negative_span, point.negative_delta),
                    ):
                        for index, count in natives(spans, deltas):
                            yield family.name + "#native", {**labels, "index": sign + str(index)}, count


def normal(name, labels, value):
    labels = {k: bits(v) if k in ("le", "quantile") else v for k, v in labels.items()}
    return name, tuple(sorted(labels.items())), bits(value)


READERS = {
    "text": lambda page: from_text(page.decode("utf-8")),
    "openmetrics": lambda page: from_openmetrics(page.decode("utf-8")),
    "protobuf": from_protobuf,
}

ZERO = "%x" % (1 << 63)
cases = samples = 0
for line in sys.stdin:
    case = json.loads(line)
    cases += 1
    page = base64.b64decode(case["page"])
    try:
        if case["gzip"]:
            page = gzip.decompress(page)
        found = sorted(normal(*sample) for sample in READERS[case["format"]](page))
    except Exception as error:  # Whatever a parser raises is its verdict.
        print(f"{case['id']}: refused: {error!r}")
        continue
    expected = sorted(
        (s["name"], tuple(sorted(s["labels"].items())), "0" if s["value"] == ZERO else s["value"])
        for s in case["samples"])
    samples += len(found)
    for sample in sorted(set(expected) - set(found))[:3]:
        print(f"{case['id']}: missing: {sample!r}")
    for sample in sorted(set(found) - set(expected))[:3]:
        print(f"{case['id']}: unexpected: {sample!r}")
    if len(found) != len(expected):
        print(f"{case['id']}: {len(found)} samples instead of {len(expected)}")
print(f"read {cases} cases, {samples} samples")
