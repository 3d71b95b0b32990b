"""Amazon's own client, on one errand given as JSON: to sign a URL, to read a thing in a bucket, or to put it there."""

import json
import sys

import boto3
from botocore.config import Config

errand = json.loads(sys.argv[1])
client = boto3.client(
    "s3", endpoint_url=errand["endpoint"], aws_access_key_id=errand["key"], aws_secret_access_key=errand["secret"],
    region_name="us-east-1", verify=errand["authority"],
    config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
place = {"Bucket": errand["bucket"], "Key": errand["name"]}
if errand["do"] == "sign":
    result = client.generate_presigned_url(errand["method"], Params=place, ExpiresIn=errand["seconds"])
elif errand["do"] == "read":
    result = client.get_object(**place)["Body"].read().hex()
else:
    client.put_object(**place, Body=bytes.fromhex(errand["content"]))
    result = None
print(json.dumps(result))
